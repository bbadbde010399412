package dev.eddy.runtime.app;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.NullExecutable;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import dev.eddy.runtime.session.SessionModel;
import dev.eddy.runtime.tokenizer.SpecialIds;
import dev.eddy.runtime.tokenizer.Tokenizer;
import dev.eddy.v1.ElementKind;
import dev.eddy.v1.StateGrowth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model that is compiled and warm, as the engine and the sessions know it. Closing it releases
 * its files and its tokenizer; the engine closes what was compiled.
 */
final class LoadedModel implements AutoCloseable {
    private final EngineModel engineModel;
    private final @Nullable Model model;
    private final String stateId;

    private LoadedModel(EngineModel engineModel, @Nullable Model model, String stateId) {
        this.engineModel = engineModel;
        this.model = model;
        this.stateId = stateId;
    }

    /**
     * Opens and compiles a model; returns when every kernel shape is warm.
     *
     * @param progress told the share of the weights that is loaded, 0 to 1
     */
    static LoadedModel load(ModelSource source, DeviceSettings device, DoubleConsumer progress) {
        CompileOptions options =
                CompileOptions.of(
                                device.weights(),
                                device.computeThreads(),
                                device.slots(),
                                device.rows())
                        .withProgress(progress);
        return switch (source) {
            case ModelSource.Stored stored ->
                    compile(stored.name(), Models.open(stored.place()), options, device);
            case ModelSource.Random random ->
                    compile(random.name(), Models.random(random.place()), options, device);
            case ModelSource.Null none ->
                    new LoadedModel(
                            NullExecutable.model(none.name(), none.vocabulary(), options),
                            null,
                            "no state");
        };
    }

    private static LoadedModel compile(
            String name, Model model, CompileOptions given, DeviceSettings device) {
        try {
            Backend backend =
                    device.backend().isEmpty()
                            ? Backends.best()
                            : Backends.byName(device.backend());
            Program program = model.plan().program();
            if (program.grows()) {
                // The engine moves states of one size; it would lose a history.
                throw new SettingsException(
                        "model %s has a state that grows with its position, which the server does not"
                                        .formatted(name)
                                + " serve yet; eddy logits, score and inspect take it, and \"eddy_window\" in"
                                + " its config.json makes its attention a window of constant size");
            }
            CompileOptions options = given.withWeights(given.weights().resolved(program));
            Executable executable = backend.compile(program, options);
            String stateId = model.stateId(executable.arena().layout().describe());
            return new LoadedModel(
                    new EngineModel(name, program, executable, options, device.hostBytes()),
                    model,
                    stateId);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    EngineModel engineModel() {
        return engineModel;
    }

    String name() {
        return engineModel.name();
    }

    String numericsId() {
        return engineModel.executable().numericsId();
    }

    /** Text to ids and back; null where the model takes ids or frames alone. */
    @Nullable Tokenizer tokenizer() {
        return model == null ? null : model.tokenizer().orElse(null);
    }

    /** Ids placed before the first text of a session. */
    int[] beginIds() {
        return specials().bos().stream().toArray();
    }

    /** Ids that end a turn unless it says otherwise. */
    int[] endIds() {
        return specials().eos().stream().mapToInt(Integer::intValue).toArray();
    }

    private SpecialIds specials() {
        Tokenizer tokenizer = tokenizer();
        return tokenizer == null ? SpecialIds.none() : tokenizer.specials();
    }

    /** The model as sessions know it. */
    SessionModel sessionModel() {
        Program program = engineModel.program();
        return new SessionModel(
                name(),
                stateId,
                numericsId(),
                engineModel.stateBytes(),
                false,
                kind(),
                program.input(),
                program.output(),
                tokenizer(),
                beginIds(),
                endIds());
    }

    /** The model as the wire describes it. */
    dev.eddy.v1.Model describe() {
        Program program = engineModel.program();
        var wire =
                dev.eddy.v1.Model.newBuilder()
                        .setName(name())
                        .setArchitecture(model == null ? "null" : model.plan().architecture())
                        .setParameters(model == null ? 0 : model.plan().parameters())
                        .setStateBytes(engineModel.stateBytes())
                        .setStateGrowth(StateGrowth.STATE_GROWTH_CONSTANT)
                        .setStateId(stateId)
                        .setNumericsId(numericsId())
                        .setWeightType(engineModel.options().weights().label())
                        .setStateType(engineModel.options().state().name().toLowerCase(Locale.ROOT))
                        .setSlots(engineModel.options().slots())
                        .setNotice(notice());
        wire.setInputKind(toWire(kind()));
        switch (program.input()) {
            case Program.Input.Ids ids -> wire.setVocabulary(ids.vocabulary());
            case Program.Input.Frames frames -> wire.setInputWidth(frames.width());
        }
        switch (program.output()) {
            case Program.Output.Logits logits -> wire.setOutputKind(toWire(kind()));
            case Program.Output.Floats floats ->
                    wire.setOutputKind(ElementKind.ELEMENT_KIND_FRAME)
                            .setOutputWidth(floats.value().width());
        }
        for (int id : beginIds()) {
            wire.addBeginIds(id);
        }
        for (int id : endIds()) {
            wire.addEndIds(id);
        }
        return wire.build();
    }

    private SessionModel.Kind kind() {
        if (engineModel.program().input() instanceof Program.Input.Frames) {
            return SessionModel.Kind.FRAME;
        }
        Tokenizer tokenizer = tokenizer();
        if (tokenizer == null) {
            return SessionModel.Kind.TOKEN;
        }
        return switch (tokenizer.unit()) {
            case BASE -> SessionModel.Kind.BASE;
            case BYTE -> isOfBytes(tokenizer) ? SessionModel.Kind.BYTE : SessionModel.Kind.TOKEN;
        };
    }

    private static ElementKind toWire(SessionModel.Kind kind) {
        return switch (kind) {
            case TOKEN -> ElementKind.ELEMENT_KIND_TOKEN;
            case BYTE -> ElementKind.ELEMENT_KIND_BYTE;
            case BASE -> ElementKind.ELEMENT_KIND_BASE;
            case FRAME -> ElementKind.ELEMENT_KIND_FRAME;
        };
    }

    /** Whether an id's value is its byte. */
    private static boolean isOfBytes(Tokenizer tokenizer) {
        return IntStream.range(0, 256)
                .allMatch(id -> Arrays.equals(tokenizer.bytesOf(id), new byte[] {(byte) id}));
    }

    /** No model has a chat template yet: all of them go on with what they are given. */
    private String notice() {
        if (tokenizer() == null) {
            return "";
        }
        return kind() == SessionModel.Kind.BASE
                ? "continues sequences of bases (A C G T N)"
                : "continues the text it is given; it is no assistant and answers no questions";
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }

    /** The models' descriptions, by name in ascending order. */
    static List<dev.eddy.v1.Model> describeAll(List<LoadedModel> models) {
        return models.stream()
                .map(LoadedModel::describe)
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .toList();
    }
}
