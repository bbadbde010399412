package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * Rotary position embedding (RoFormer, arXiv:2104.09864): pair i of a head's first 2 F columns
 * turns by position times frequency i, in pairs (c, c + F). Frequencies are computed in float32, as
 * the references do.
 */
public final class Rope {
    private final String name;
    private final float[] frequencies;

    private Rope(String name, float[] frequencies) {
        this.name = name;
        this.frequencies = frequencies;
    }

    /**
     * Frequencies theta^(-2 i / width).
     *
     * @param width columns of a head that turn, 2 F
     */
    public static Rope of(double theta, int width) {
        float[] frequencies = new float[width / 2]; // [F]
        for (int i = 0; i < frequencies.length; i++) {
            float power = (float) Math.pow((float) theta, 2f * i / width);
            frequencies[i] = 1 / power;
        }
        return new Rope("rope " + theta + " of " + width, frequencies);
    }

    /** The same with all frequencies divided by {@code factor}: positions interpolated. */
    public Rope linear(float factor) {
        float[] scaled = frequencies.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= factor;
        }
        return new Rope(name + ", linear " + factor, scaled);
    }

    /**
     * The same as Llama 3.1 stretches it: waves longer than {@code positions / low} are slowed by
     * {@code factor}, those shorter than {@code positions / high} stay, between them a blend.
     *
     * @param positions positions in training before the stretch
     */
    public Rope llama3(float factor, float low, float high, int positions) {
        float[] scaled = frequencies.clone();
        for (int i = 0; i < scaled.length; i++) {
            float wave = (float) (2 * Math.PI) / frequencies[i];
            if (wave > positions / low) {
                scaled[i] /= factor;
            } else if (wave >= positions / high) {
                float smooth = (positions / wave - low) / (high - low);
                scaled[i] = (1 - smooth) * scaled[i] / factor + smooth * scaled[i];
            }
        }
        String stretch = ", llama3 " + factor + " " + low + " " + high + " " + positions;
        return new Rope(name + stretch, scaled);
    }

    /** Rotates each of {@code heads} heads of x [R, H E] by its row's position. */
    public Value rotate(ModelBuilder m, Value x, int heads) {
        return m.ops()
                .rotate(
                        x,
                        heads,
                        m.derived(name, Shape.of(frequencies.length), _ -> frequencies.clone()),
                        1,
                        false);
    }
}
