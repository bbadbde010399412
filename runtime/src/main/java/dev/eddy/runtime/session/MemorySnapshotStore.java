package dev.eddy.runtime.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * A Pekko snapshot store in memory. It keeps bytes, as a durable one does: what it gives back was
 * read by the serializer, and an idle session costs what its bytes take.
 */
public final class MemorySnapshotStore extends SnapshotStore {
    private record Stored(
            SnapshotMetadata metadata, int serializer, String manifest, byte[] bytes) {}

    private final Serialization serialization = SerializationExtension.get(context().system());
    private final Map<String, TreeMap<Long, Stored>> snapshots = new HashMap<>();

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(
            String persistenceId, SnapshotSelectionCriteria criteria) {
        TreeMap<Long, Stored> stored = snapshots.get(persistenceId);
        if (stored != null) {
            for (Stored snapshot : stored.descendingMap().values()) {
                if (criteria.matches(snapshot.metadata())) {
                    Object value =
                            serialization
                                    .deserialize(
                                            snapshot.bytes(),
                                            snapshot.serializer(),
                                            snapshot.manifest())
                                    .get();
                    return done(Optional.of(SelectedSnapshot.create(snapshot.metadata(), value)));
                }
            }
        }
        return done(Optional.empty());
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        var serializer = serialization.findSerializerFor(snapshot);
        Stored stored =
                new Stored(
                        metadata,
                        serializer.identifier(),
                        Serializers.manifestFor(serializer, snapshot),
                        serialization.serialize(snapshot).get());
        snapshots
                .computeIfAbsent(metadata.persistenceId(), _ -> new TreeMap<>())
                .put(metadata.sequenceNr(), stored);
        return nothing();
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return doDeleteAsync(
                metadata.persistenceId(),
                SnapshotSelectionCriteria.create(
                        metadata.sequenceNr(), Long.MAX_VALUE, metadata.sequenceNr(), 0));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        TreeMap<Long, Stored> stored = snapshots.get(persistenceId);
        if (stored != null) {
            stored.values().removeIf(snapshot -> criteria.matches(snapshot.metadata()));
            if (stored.isEmpty()) {
                snapshots.remove(persistenceId);
            }
        }
        return nothing();
    }

    private static Future<Void> nothing() {
        return FutureConverters.asScala(CompletableFuture.runAsync(() -> {}, Runnable::run));
    }

    private static <T> Future<T> done(T value) {
        return FutureConverters.asScala(CompletableFuture.completedFuture(value));
    }
}
