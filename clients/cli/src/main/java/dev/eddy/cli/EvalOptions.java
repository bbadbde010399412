package dev.eddy.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.eval.Accuracy;
import dev.eddy.runtime.eval.AccuracyPlot;
import dev.eddy.runtime.eval.Exam;
import dev.eddy.runtime.eval.Exercise;
import dev.eddy.runtime.eval.Outcome;
import dev.eddy.runtime.eval.Task;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the synthetic tasks share: their options, their exam, their table and plot. */
final class EvalOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "M",
            description = {ModelText.MODEL, "Give it again for each model to compare."})
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Sequences of each group (default: ${DEFAULT-VALUE}).",
            defaultValue = "16")
    private int count = 16;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What sequences are made up from (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed = 1;

    @Option(names = "--json", description = "Print one JSON object a model and line.")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draw the accuracies there as well.")
    private @Nullable Path plot;

    @Mixin private WindowOption window = new WindowOption();

    @Mixin private ComputeOptions compute = new ComputeOptions();

    /** Makes up a task's exercises of all groups. */
    List<Exercise> exercises(Task task, int[] groups) {
        Checks.atLeast("--count", count, 1);
        List<Exercise> exercises = new ArrayList<>();
        for (int group : groups) {
            exercises.addAll(task.exercises(group, count, seed));
        }
        return exercises;
    }

    /** Puts exercises to every model, and prints and draws the outcomes. */
    void run(Task task, List<Exercise> exercises, PrintWriter out) throws IOException {
        Path drawing = plot;
        if (drawing != null && !drawing.toString().endsWith(".svg")) {
            throw new IllegalArgumentException(
                    "--plot "
                            + drawing
                            + ": plots are written as SVG; name a file that ends in .svg");
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (String model : models) {
            outcomes.put(model, examine(model, task, exercises));
            if (json) {
                out.println(json(task, model, outcomes.get(model)));
                out.flush();
            }
        }
        if (!json) {
            table(out, task.name() + " accuracy by " + task.groups(), outcomes, true);
            table(out, "by distance: elements since the answer was shown, up to", outcomes, false);
            out.flush();
        }
        if (drawing != null) {
            Files.writeString(drawing, drawing(task, outcomes).svg());
        }
    }

    private Outcome examine(String name, Task task, List<Exercise> exercises) {
        int longest = exercises.stream().mapToInt(e -> e.ids().size()).max().orElseThrow();
        int largest = exercises.stream().flatMap(e -> e.ids().stream()).max(Integer::compare).get();
        int answers =
                exercises.stream()
                        .flatMap(e -> e.questions().stream())
                        .mapToInt(Exercise.Question::answer)
                        .max()
                        .orElseThrow();
        try (Model model = Models.open(name, window.positions());
                Executable executable =
                        compute.compile(
                                model.plan().program(),
                                Exam.SESSIONS,
                                Exam.ROWS,
                                Exam.positions(longest))) {
            Program program = model.plan().program();
            Exam exam = new Exam(program, executable);
            exam.require(1 + Math.max(largest, answers), longest);
            try (Progress progress = new Progress(task.name() + " " + name)) {
                return exam.put(exercises, progress::update);
            }
        }
    }

    private static void table(
            PrintWriter out, String title, Map<String, Outcome> outcomes, boolean groups) {
        SortedMap<Integer, Accuracy> columns = new TreeMap<>();
        outcomes.values().forEach(outcome -> columns.putAll(by(outcome, groups)));
        out.println(title);
        out.printf(EvalText.NAME + " %7s", "model", "all");
        columns.keySet().forEach(column -> out.printf(" %7d", column));
        out.println();
        outcomes.forEach((model, outcome) -> {
            out.printf(
                    Locale.ROOT,
                    EvalText.NAME + " %7.4f",
                    EvalText.shortened(model),
                    outcome.total().share());
            by(outcome, groups)
                    .values()
                    .forEach(accuracy -> out.printf(Locale.ROOT, " %7.4f", accuracy.share()));
            out.println();
        });
    }

    private static SortedMap<Integer, Accuracy> by(Outcome outcome, boolean groups) {
        return groups ? outcome.byGroup() : outcome.byDistance();
    }

    private static AccuracyPlot drawing(Task task, Map<String, Outcome> outcomes) {
        Map<String, Outcome> named = new LinkedHashMap<>();
        outcomes.forEach((model, outcome) -> named.put(EvalText.shortened(model), outcome));
        return new AccuracyPlot(task.name(), task.groups(), named);
    }

    private static String json(Task task, String model, Outcome outcome) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new com.fasterxml.jackson.core.JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("task", task.name());
            json.writeStringField("model", model);
            write(json, outcome.total());
            accuracies(json, "by_" + task.groups(), outcome.byGroup());
            accuracies(json, "by_distance", outcome.byDistance());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void accuracies(
            JsonGenerator json, String name, SortedMap<Integer, Accuracy> accuracies)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (var entry : accuracies.entrySet()) {
            json.writeObjectFieldStart(entry.getKey().toString());
            write(json, entry.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Accuracy accuracy) throws IOException {
        json.writeNumberField("accuracy", Math.round(accuracy.share() * 1e6) / 1e6);
        json.writeNumberField("correct", accuracy.correct());
        json.writeNumberField("asked", accuracy.asked());
    }
}
