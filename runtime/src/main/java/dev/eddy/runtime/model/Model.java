package dev.eddy.runtime.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * A loaded checkpoint: its plan and its identity. Weights reach a device when a backend compiles
 * the plan's program; closing the model releases its files, which compiled programs may still read.
 */
public final class Model implements AutoCloseable {
    private final String name;
    private final ModelPlan plan;
    private final Supplier<String> digest;
    private final Runnable release;

    /**
     * A model.
     *
     * @param digest the checkpoint's content digest, computed when first asked for
     * @param release what closing does
     */
    public Model(String name, ModelPlan plan, Supplier<String> digest, Runnable release) {
        this.name = name;
        this.plan = plan;
        this.digest = digest;
        this.release = release;
    }

    /** The name by which clients call it. */
    public String name() {
        return name;
    }

    /** The program and what its parts mean. */
    public ModelPlan plan() {
        return plan;
    }

    /**
     * The state id: a digest of the checkpoint and of the canonical layout. A snapshot with another
     * id is refused.
     *
     * @param layout what {@code StateLayout.describe()} says
     * @return 32 hexadecimal digits
     */
    public String stateId(String layout) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(digest.get().getBytes(StandardCharsets.US_ASCII));
            sha.update(layout.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    @Override
    public void close() {
        release.run();
    }
}
