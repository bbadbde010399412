package dev.eddy.runtime.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.eddy.runtime.engine.Elements;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Map;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Turns a session's events and snapshots into CBOR and back. The manifest is a name that is never
 * given another meaning, with the version of its fields; a reader knows all versions up to its own.
 * Fields may be added: absent ones read as null, 0 or false.
 */
public final class SessionSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 0x0edd1;

    /** The version that is written. */
    private static final int VERSION = 1;

    private static final String SEPARATOR = "/";

    private static final Map<String, Class<?>> TYPES =
            Map.ofEntries(
                    Map.entry("snapshot", SessionSnapshot.class),
                    Map.entry("created", SessionEvent.Created.class),
                    Map.entry("attached", SessionEvent.Attached.class),
                    Map.entry("rebased", SessionEvent.Rebased.class),
                    Map.entry("input", SessionEvent.InputTaken.class),
                    Map.entry("generate", SessionEvent.GenerateTaken.class),
                    Map.entry("cancel", SessionEvent.CancelTaken.class),
                    Map.entry("absorbed", SessionEvent.Absorbed.class),
                    Map.entry("emitted", SessionEvent.Emitted.class),
                    Map.entry("transduced", SessionEvent.Transduced.class),
                    Map.entry("ended", SessionEvent.Ended.class),
                    Map.entry("saved", SessionEvent.Saved.class),
                    Map.entry("acked", SessionEvent.Acked.class),
                    Map.entry("deleted", SessionEvent.Deleted.class));

    private static final ObjectMapper MAPPER =
            CBORMapper.builder()
                    .serializationInclusion(JsonInclude.Include.NON_NULL)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .addMixIn(Elements.class, ElementsNames.class)
                    .addMixIn(Request.class, RequestNames.class)
                    .addMixIn(Kept.class, KeptNames.class)
                    .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Elements.Ids.class, name = "ids"),
        @JsonSubTypes.Type(value = Elements.Frames.class, name = "frames")
    })
    private interface ElementsNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Request.Absorb.class, name = "absorb"),
        @JsonSubTypes.Type(value = Request.Sample.class, name = "sample")
    })
    private interface RequestNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Kept.Outputs.class, name = "outputs"),
        @JsonSubTypes.Type(value = Kept.End.class, name = "end"),
        @JsonSubTypes.Type(value = Kept.Scored.class, name = "scored")
    })
    private interface KeptNames {}

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object o) {
        for (Map.Entry<String, Class<?>> type : TYPES.entrySet()) {
            if (type.getValue() == o.getClass()) {
                return type.getKey() + SEPARATOR + VERSION;
            }
        }
        throw new IllegalArgumentException(o.getClass().getName() + " is not part of a session");
    }

    @Override
    public byte[] toBinary(Object o) {
        try {
            return MAPPER.writeValueAsBytes(o);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + manifest(o), e);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        String[] parts = manifest.split(SEPARATOR, 2);
        Class<?> type = TYPES.get(parts[0]);
        if (type == null || parts.length < 2 || !isKnown(parts[1])) {
            throw new NotSerializableException(
                    "a session's log holds "
                            + manifest
                            + "; this version knows "
                            + TYPES.keySet()
                            + " up to version "
                            + VERSION
                            + ": was it written by a newer one?");
        }
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + manifest, e);
        }
    }

    private static boolean isKnown(String version) {
        try {
            int number = Integer.parseInt(version);
            return number >= 1 && number <= VERSION;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
