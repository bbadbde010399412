package dev.eddy.runtime.app;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.WarmUp;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.chat.ChatTemplate;
import dev.eddy.runtime.chat.ChatTemplateException;
import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.NullExecutable;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import dev.eddy.runtime.server.ModelCatalog;
import dev.eddy.runtime.session.SessionModel;
import dev.eddy.runtime.tokenizer.SpecialIds;
import dev.eddy.runtime.tokenizer.Tokenizer;
import dev.eddy.v1.ElementKind;
import dev.eddy.v1.ModelAlias;
import dev.eddy.v1.StateGrowth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is compiled and warm, as the engine and the sessions know it. Closing it releases
 * its files and its tokenizer; the engine closes what was compiled.
 */
final class LoadedModel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LoadedModel.class);

    private final List<EngineModel> engineModels;
    private final EngineModel engineModel;
    private final @Nullable Model model;
    private final String stateId;
    private final @Nullable ChatTemplate template;
    private final String templateProblem;

    private LoadedModel(List<EngineModel> engineModels, @Nullable Model model) {
        this.engineModels = engineModels;
        this.model = model;
        engineModel = engineModels.getFirst();
        stateId = model == null ? "no state" : model.stateId(engineModel.layout().describe());
        ChatTemplate found = null;
        String problem = "";
        try {
            found = model == null ? null : model.chatTemplate().orElse(null);
        } catch (ChatTemplateException e) {
            problem = String.valueOf(e.getMessage());
            log.atWarn().addKeyValue("model", engineModel.name()).log(problem);
        }
        this.template = found;
        this.templateProblem = problem;
    }

    /**
     * Opens a model, compiles it for every device and runs it there for {@code
     * eddy.device.warm-up}, steps of every shape.
     *
     * @param progress told the share of the weights that is loaded, 0 to 1
     */
    static LoadedModel load(
            ModelSource source,
            DeviceSettings settings,
            List<DeviceSpec> devices,
            DoubleConsumer progress) {
        return switch (source) {
            case ModelSource.Stored stored ->
                    compile(
                            stored.name(),
                            Models.open(stored.place(), settings.window()),
                            settings,
                            devices,
                            progress);
            case ModelSource.Random random ->
                    compile(
                            random.name(),
                            Models.random(random.place(), settings.window()),
                            settings,
                            devices,
                            progress);
            case ModelSource.Null none ->
                    new LoadedModel(
                            devices.stream()
                                    .map(device ->
                                            NullExecutable.model(
                                                    none.name(),
                                                    none.vocabulary(),
                                                    options(settings.weights(), settings, device)))
                                    .toList(),
                            null);
        };
    }

    private static CompileOptions options(
            WeightType weights, DeviceSettings settings, DeviceSpec device) {
        return CompileOptions.of(
                        weights, settings.computeThreads(), settings.slots(), settings.rows())
                .withPositions((long) settings.slots() * settings.positions())
                .withDevice(device.number());
    }

    private static LoadedModel compile(
            String name,
            Model model,
            DeviceSettings settings,
            List<DeviceSpec> devices,
            DoubleConsumer progress) {
        List<EngineModel> compiled = new ArrayList<>();
        try {
            for (DeviceSpec device : devices) {
                int done = compiled.size();
                Program program = model.plan().program();
                CompileOptions options =
                        options(settings.weights().resolved(program), settings, device)
                                .withProgress(
                                        share -> progress.accept((done + share) / devices.size()));
                Executable executable = device.backend().compile(program, options);
                compiled.add(
                        new EngineModel(name, program, executable, options, settings.hostBytes()));
                int steps = WarmUp.run(executable, program, options, settings.warmUp());
                log.atInfo()
                        .addKeyValue("model", name)
                        .addKeyValue("device", device.name())
                        .addKeyValue("steps", steps)
                        .log("kernels warmed");
            }
            EngineModel first = compiled.getFirst();
            if (first.mostPositions() < 1) {
                throw new SettingsException(
                        "eddy.device.host-memory is %d bytes; the state of model %s grows and takes %d at position 1: give it more"
                                .formatted(settings.hostBytes(), name, first.stateBytes(1)));
            }
            return new LoadedModel(compiled, model);
        } catch (RuntimeException e) {
            compiled.forEach(done -> done.executable().close());
            model.close();
            throw e;
        }
    }

    /** The model on the device of that index, as its engine knows it. */
    EngineModel engineModel(int device) {
        return engineModels.get(device);
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
                engineModel.stateBytes(0),
                new SessionModel.Growth(
                        engineModel.layout().growth(),
                        engineModel.usualPositions(),
                        engineModel.mostPositions()),
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
                        .setStateBytes(engineModel.stateBytes(0))
                        .setStateGrowth(
                                engineModel.grows()
                                        ? StateGrowth.STATE_GROWTH_GROWING
                                        : StateGrowth.STATE_GROWTH_CONSTANT)
                        .setStateBytesPerElement(engineModel.layout().growth())
                        .setStateId(stateId)
                        .setNumericsId(numericsId())
                        .setWeightType(engineModel.options().weights().label())
                        .setStateType(engineModel.options().state().name().toLowerCase(Locale.ROOT))
                        .setSlots(engineModel.options().slots())
                        .setHasChatTemplate(template != null)
                        .setChatTemplateProblem(templateProblem)
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

    private String notice() {
        if (tokenizer() == null) {
            return "";
        }
        if (template != null) {
            return "answers in the form of its chat template";
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

    /** The models as the server tells of them. */
    static ModelCatalog catalog(List<LoadedModel> models, List<ModelAlias> aliases) {
        AliasReader.check(aliases, models.stream().map(LoadedModel::name).sorted().toList());
        List<dev.eddy.v1.Model> described =
                models.stream()
                        .map(LoadedModel::describe)
                        .sorted((a, b) -> a.getName().compareTo(b.getName()))
                        .toList();
        Map<String, ChatTemplate> templates = new HashMap<>();
        for (LoadedModel one : models) {
            if (one.template != null) {
                templates.put(one.name(), one.template);
            }
        }
        return new ModelCatalog() {
            @Override
            public List<dev.eddy.v1.Model> models() {
                return described;
            }

            @Override
            public List<ModelAlias> aliases() {
                return aliases;
            }

            @Override
            public Optional<ChatTemplate> template(String model) {
                return Optional.ofNullable(templates.get(model));
            }
        };
    }
}
