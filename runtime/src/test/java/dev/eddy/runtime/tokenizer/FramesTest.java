package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames come out whole whatever the chunks. */
final class FramesTest {
    @Test
    void accept_randomChunks_givesWholeFrames() {
        Random random = new Random(5);
        float[][] expected = new float[40][3];
        ByteBuffer bytes = ByteBuffer.allocate(40 * 12).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] frame : expected) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = random.nextFloat();
                bytes.putFloat(frame[i]);
            }
        }
        List<float[]> read = new ArrayList<>();
        Frames frames = new Frames(3);
        for (int from = 0; from < bytes.capacity(); ) {
            int count = Math.min(bytes.capacity() - from, random.nextInt(30));
            frames.accept(bytes.array(), from, count, read::add);
            from += count;
            frames = new Frames(3, frames.partial());
        }
        frames.finish();
        assertThat(read.toArray(float[][]::new)).isDeepEqualTo(expected);
    }

    @Test
    void finish_withinAFrame_isRefused() {
        Frames frames = new Frames(2);
        frames.accept(new byte[9], 0, 9, frame -> assertThat(frame).hasSize(2));

        assertThatThrownBy(frames::finish)
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("after 1 of its 8 bytes");
        assertThatThrownBy(() -> new Frames(0)).isInstanceOf(TokenizerException.class);
        assertThatThrownBy(() -> new Frames(1, new byte[4])).isInstanceOf(TokenizerException.class);
    }
}
