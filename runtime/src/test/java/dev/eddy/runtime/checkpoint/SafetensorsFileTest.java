package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Valid headers in unusual form are read; every kind of broken header is refused by file, tensor
 * and field.
 */
final class SafetensorsFileTest {
    @TempDir private Path folder;

    /** A file of {@code header} and {@code data} bytes of counting data. */
    static byte[] file(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (int i = 0; i < data; i++) {
            bytes.put((byte) i);
        }
        return bytes.array();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.safetensors"), bytes);
    }

    private void assertRefused(byte[] bytes, String... parts) throws IOException {
        Path path = write(bytes);
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> SafetensorsFile.map(path, arena))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith(path + ": ")
                    .message()
                    .contains(parts);
        }
    }

    @Test
    void map_keysInAnyOrderMetadataPaddingScalarsAndEmptyTensors_areRead() throws IOException {
        Path path =
                write(
                        file(
                                "{\"b\":{\"data_offsets\":[6,10],\"extra\":[{}],\"shape\":[],\"dtype\":\"F32\"},"
                                        + "\"__metadata__\":{\"format\":\"pt\"},"
                                        + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[6,6]},"
                                        + "\"a\":{\"dtype\":\"BF16\",\"shape\":[1,3],\"data_offsets\":[0,6]}}   ",
                                10));
        try (Checkpoint file = Checkpoints.tensors(path)) {
            assertThat(file.names()).containsExactly("a", "b", "e");
            Tensor a = file.require("a", Shape.of(1, 3));
            assertThat(a.data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(file.require("b", Shape.of()).get(0))
                    .isEqualTo(Float.intBitsToFloat(0x09080706));
            assertThat(file.require("e", Shape.of(0, 7)).data().byteSize()).isZero();
        }
    }

    @Test
    void map_noTensors_isRead() throws IOException {
        Path path = write(file("{}", 0));
        try (Arena arena = Arena.ofConfined()) {
            assertThat(SafetensorsFile.map(path, arena)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0,4] | {'dtype':'F32','shape':[2],'data_offsets':[0,4]} | 8 bytes for F32 [2]",
                "wrong size | {'dtype':'F32','shape':[1],'data_offsets':[0,8]} | 4 bytes for F32 [1]",
                "beyond the end | {'dtype':'F32','shape':[3],'data_offsets':[0,12]} | end <= 8",
                "backwards | {'dtype':'F32','shape':[1],'data_offsets':[8,4]} | begin <= end",
                "a gap | {'dtype':'F32','shape':[1],'data_offsets':[4,8]} | begin at 0",
                "negative | {'dtype':'F32','shape':[-2],'data_offsets':[0,8]} | shape",
                "fraction | {'dtype':'F32','shape':[2.0],'data_offsets':[0,8]} | shape",
                "giant | {'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]} | shape",
                "overflow | {'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,8]} | 2^63",
                "overflow | {'dtype':'F64','shape':[2305843009213693953],'data_offsets':[0,8]} | 2^63",
                "rank | {'dtype':'U8','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,8],'data_offsets':[0,8]} | at most 16",
                "dtype | {'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]} | converted first",
                "dtype | {'dtype':7,'shape':[8],'data_offsets':[0,8]} | dtype",
                "no dtype | {'shape':[8],'data_offsets':[0,8]} | no dtype",
                "no shape | {'dtype':'U8','data_offsets':[0,8]} | no shape",
                "no offsets | {'dtype':'U8','shape':[8]} | no data_offsets",
                "offsets | {'dtype':'U8','shape':[8],'data_offsets':[0]} | data_offsets",
                "offsets | {'dtype':'U8','shape':[8],'data_offsets':[0,8,8]} | at most 2",
                "offsets | {'dtype':'U8','shape':[8],'data_offsets':'0'} | an array",
                "entry | [] | an object",
            })
    void map_badEntry_isRefused(String what, String entry, String part) throws IOException {
        assertRefused(
                file("{\"w.x\":" + entry.replace('\'', '"') + "}", 8), "tensor \"w.x\"", part);
    }

    @Test
    void map_overlapGapAndDuplicates_areRefused() throws IOException {
        String a = "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},";
        assertRefused(
                file("{" + a + "\"b\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[2,8]}}", 8),
                "tensor \"b\"",
                "overlap");
        assertRefused(
                file("{" + a + "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[5,8]}}", 8),
                "tensor \"b\"",
                "a gap");
        assertRefused(
                file("{" + a.substring(0, a.length() - 1) + "}", 5), "a tail that no tensor uses");
        assertRefused(file("{" + a + a.substring(0, a.length() - 1) + "}", 4), "uplicate");
        assertRefused(
                file(
                        "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]}}",
                        4),
                "uplicate");
    }

    @Test
    void map_headerLength_outOfRangeIsRefused() throws IOException {
        byte[] good = file("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4);
        for (long length :
                new long[] {
                    0, 1, good.length - 7, Long.MAX_VALUE, Long.MIN_VALUE, -1, 100_000_001
                }) {
            byte[] bad = good.clone();
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            assertRefused(bad, "header length", Long.toUnsignedString(length));
        }
    }

    @Test
    void map_truncatedAnywhere_isRefused() throws IOException {
        byte[] good = file("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4);
        for (int length = 0; length < good.length; length++) {
            assertRefused(Arrays.copyOf(good, length), "expected");
        }
    }

    @Test
    void map_headerNotUtf8NotAnObjectOrTrailed_isRefused() throws IOException {
        byte[] good = file("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4);
        good[10] = (byte) 0xff;
        assertRefused(good, "UTF-8", "byte 2");
        assertRefused(file("[]", 0), "header", "JSON object");
        assertRefused(file("{}{}", 0), "header");
        assertRefused(file("{\"a\":{\"x\":" + "[".repeat(5000), 0), "nesting");
    }
}
