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
import dev.eddy.runtime.tokenizer.SpecialIds;
import dev.eddy.runtime.tokenizer.Tokenizer;
import dev.eddy.v1.ElementKind;
import dev.eddy.v1.StateGrowth;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
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
            String name, Model model, CompileOptions options, DeviceSettings device) {
        try {
            Backend backend =
                    device.backend().isEmpty()
                            ? Backends.best()
                            : Backends.byName(device.backend());
            Program program = model.plan().program();
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

    String stateId() {
        return stateId;
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
                        .setWeightType(
                                engineModel.options().weights().name().toLowerCase(Locale.ROOT))
                        .setStateType(engineModel.options().state().name().toLowerCase(Locale.ROOT))
                        .setSlots(engineModel.options().slots())
                        .setNotice(notice());
        switch (program.input()) {
            case Program.Input.Ids ids ->
                    wire.setInputKind(idKind()).setVocabulary(ids.vocabulary());
            case Program.Input.Frames frames ->
                    wire.setInputKind(ElementKind.ELEMENT_KIND_FRAME).setInputWidth(frames.width());
        }
        switch (program.output()) {
            case Program.Output.Logits logits -> wire.setOutputKind(idKind());
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

    private ElementKind idKind() {
        Tokenizer tokenizer = tokenizer();
        if (tokenizer == null || tokenizer.unit() != Tokenizer.Unit.BASE) {
            return ElementKind.ELEMENT_KIND_TOKEN;
        }
        return ElementKind.ELEMENT_KIND_BASE;
    }

    /** No model has a chat template yet: all of them go on with what they are given. */
    private String notice() {
        if (tokenizer() == null) {
            return "";
        }
        return idKind() == ElementKind.ELEMENT_KIND_BASE
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
