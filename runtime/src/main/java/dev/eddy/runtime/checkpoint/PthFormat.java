package dev.eddy.runtime.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Weights that torch.save wrote: a .pth, .pt or .bin file with config.json beside it, or an
 * official RWKV file without.
 */
final class PthFormat implements CheckpointFormat {
    static final String NAMES = ".*\\.(pth|pt|bin)";

    @Override
    public boolean recognises(Path path) {
        return String.valueOf(path.getFileName()).matches(NAMES) && !Files.isDirectory(path);
    }

    @Override
    public boolean hasWeights(Path path) {
        return true;
    }

    @Override
    public Config config(Path path) {
        Optional<Config> beside = HuggingFaceFormat.configBeside(path);
        if (beside.isPresent()) {
            return beside.get();
        }
        try (Arena arena = Arena.ofConfined()) {
            return RwkvSettings.infer(path.toString(), PthFile.map(path, arena));
        }
    }

    @Override
    public Checkpoint open(Path path) {
        return StoredCheckpoint.create(
                path.toString(),
                path.toAbsolutePath().getParent(),
                arena -> {
                    Map<String, StoredTensor> tensors = PthFile.map(path, arena);
                    Config config =
                            HuggingFaceFormat.configBeside(path)
                                    .orElseGet(() -> RwkvSettings.infer(path.toString(), tensors));
                    return new StoredCheckpoint.Content(config, tensors, Optional.empty());
                });
    }
}
