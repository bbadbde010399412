package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The CUDA source of a {@link FusedRows}, in terms of fused_rows.cuh, and what its kernels take as
 * parameters, in their order. Kernels of the same source have the same name.
 */
final class FusedSource {
    private final FusedRows rows;
    private final FusedParameters parameters = new FusedParameters();
    private final Map<Value, String> names = new HashMap<>();

    /** What phases of the block's columns read, before and after the wait. */
    private final Set<String> early = new LinkedHashSet<>();

    private final Set<String> late = new LinkedHashSet<>();
    private final StringBuilder functions = new StringBuilder();
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder beforeRows = new StringBuilder();
    private final StringBuilder run = new StringBuilder();
    private final String text;
    private final String name;

    FusedSource(FusedRows rows) {
        this.rows = rows;
        for (int i = 0; i < rows.phases().size(); i++) {
            if (i > 0) {
                line(run, 3, "__syncthreads();");
            }
            switch (rows.phases().get(i)) {
                case FusedPhase.Columns phase -> columns(i, phase);
                case FusedPhase.Groups phase -> phase.sums().forEach(this::sums);
                case FusedPhase.Scan phase -> scan(phase);
                case FusedPhase.Delta(Op.DeltaScan op) -> delta(op);
            }
        }
        String body = body();
        name = "rows_" + hash(body);
        text = "struct " + name + " {\n" + body + "};\n" + macro() + "(" + name + ")\n";
    }

    /** The source of a launch's steps; empty where they have operators that no phase does. */
    static Optional<FusedSource> of(
            CudaPlan.Route route, StateLayout states, List<Schedule.Step> steps) {
        return FusedRows.of(route, states, steps).map(FusedSource::new);
    }

    private String macro() {
        if (rows.hasDelta()) {
            return "FUSED_HEADS";
        }
        if (rows.sharesColumns()) {
            return "FUSED_SCANS";
        }
        if (rows.widestWhole() > 0) {
            return "FUSED_ROWS";
        }
        return rows.hasModes() ? "FUSED_MODES" : "FUSED_COLUMNS";
    }

    /** The struct's name, of which its kernels' names are made. */
    String name() {
        return name;
    }

    /** C++ for fused_rows.cu. */
    String text() {
        return text;
    }

    FusedParameters parameters() {
        return parameters;
    }

    private static String hash(String body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void line(StringBuilder to, int depth, String text) {
        to.append("    ".repeat(depth)).append(text).append('\n');
    }

    private String body() {
        StringBuilder to = new StringBuilder();
        line(
                to,
                1,
                "typedef FusedParams<%d, %d, %d, %d, %d> Params;"
                        .formatted(
                                parameters.reads().size(),
                                parameters.results().size(),
                                parameters.states().size(),
                                parameters.scalars().size(),
                                parameters.numbers().size()));
        group(to, "Early", "early", early);
        group(to, "Late", "late", late);
        to.append(functions);
        line(to, 1, "template <bool ONE>");
        line(to, 1, "static EDDY_DEVICE void run(const Params& p, FusedRow& row) {");
        to.append("#pragma unroll 1\n");
        line(to, 2, "for (; row.turn < 2; row.turn++) {");
        line(to, 3, "Early e;");
        line(to, 3, "if (ONE) e = early(p, row, row.own());");
        to.append(before);
        line(to, 3, "row.wait(p);");
        line(to, 3, "Late l;");
        line(to, 3, "if (ONE) l = late(p, row, row.own());");
        to.append(run);
        line(to, 2, "}");
        line(to, 1, "}");
        if (rows.sharesColumns()) {
            runRows(to);
        }
        return to.toString();
    }

    /** The same by a block that has some columns of several rows. */
    private void runRows(StringBuilder to) {
        line(to, 1, "static EDDY_DEVICE void run_rows(const Params& p, FusedRow& row) {");
        line(to, 2, "constexpr bool ONE = true;");
        line(to, 2, "Early e = early(p, row, row.own());");
        to.append(beforeRows);
        line(to, 2, "grid_wait();");
        line(to, 2, "do {");
        line(to, 3, "row.begin_for_real(p);");
        line(to, 3, "Late l = late(p, row, row.own());");
        to.append(run);
        line(to, 3, "__syncthreads();");
        line(to, 2, "} while (scan.next(p, row));");
        line(to, 1, "}");
    }

    private static void group(StringBuilder to, String type, String function, Set<String> loads) {
        line(to, 1, "struct " + type + " {");
        for (String load : loads) {
            line(to, 2, "float4 " + load.substring(0, load.indexOf(' ')) + ";");
        }
        line(to, 1, "};");
        line(
                to,
                1,
                "static EDDY_DEVICE %s %s(const Params& p, const FusedRow& row, int c) {"
                        .formatted(type, function));
        line(to, 2, type + " it;");
        for (String load : loads) {
            line(to, 2, "it." + load);
        }
        line(to, 2, "return it;");
        line(to, 1, "}");
    }

    private void columns(int index, FusedPhase.Columns phase) {
        List<String> body = new ArrayList<>();
        Set<String> loads = new LinkedHashSet<>();
        for (FusedPhase.Step step : phase.steps()) {
            step(step, phase.whole(), loads, body);
        }
        int width = fixed(phase.width());
        if (phase.whole()) {
            group(functions, "All" + index, "all" + index, loads);
        }
        String reads =
                phase.whole() ? "const All" + index + "& l" : "const Early& e, const Late& l";
        line(
                functions,
                1,
                "static EDDY_DEVICE void columns%d(const Params& p, const FusedRow& row, int c, %s) {"
                        .formatted(index, reads));
        line(functions, 2, "int width = p.numbers[" + width + "];");
        body.forEach(statement -> line(functions, 2, statement));
        line(functions, 1, "}");
        if (phase.whole()) {
            line(
                    run,
                    3,
                    ("row.over_all(p.numbers[%d], [&](int c) { return all%d(p, row, c); },"
                                    + " [&](int c, const All%d& l) { columns%d(p, row, c, l); });")
                            .formatted(width, index, index, index));
        } else {
            line(
                    run,
                    3,
                    ("row.template over_own<ONE>(p.numbers[%d], [&](int c) { columns%d(p, row, c,"
                                    + " ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });")
                            .formatted(width, index));
        }
    }

    private void step(FusedPhase.Step step, boolean whole, Set<String> loads, List<String> body) {
        String made =
                switch (step) {
                    case FusedPhase.Step.Unary s ->
                            "unary<%s>(%s)".formatted(s.function(), input(s.x(), whole, loads));
                    case FusedPhase.Step.Binary s ->
                            "binary<%s>(%s, %s)"
                                    .formatted(
                                            s.function(),
                                            input(s.x(), whole, loads),
                                            input(s.y(), whole, loads));
                    case FusedPhase.Step.SmallNorm s -> smallNorm(s, whole, loads);
                    case FusedPhase.Step.Norm s -> norm(s, whole, loads);
                    case FusedPhase.Step.Delay s -> {
                        String last = input(s.last(), whole, loads);
                        body.add(
                                "row.keep(p.states[%d], c, width, %s);"
                                        .formatted(
                                                parameters.state(s.state()),
                                                input(s.x(), whole, loads)));
                        yield last;
                    }
                    case FusedPhase.Step.Fir s -> fir(s, whole, loads, body);
                    case FusedPhase.Step.Modal s -> modal(s, whole, loads, body);
                    case FusedPhase.Step.Copy s -> input(s.x(), whole, loads);
                    case FusedPhase.Step.Fragments s -> {
                        body.add(
                                "row.put_fragments(p.results[%d], c, width, %s);"
                                        .formatted(
                                                parameters.result(
                                                        new FusedParameters.Result(
                                                                s.of(), false, true)),
                                                input(s.x(), whole, loads)));
                        yield null;
                    }
                };
        if (made != null) {
            give(step, made, body);
        }
    }

    private void give(FusedPhase.Step step, String made, List<String> body) {
        Value out = step.out();
        if (out == null) {
            return;
        }
        String name = "v" + names.size();
        names.put(out, name);
        body.add("float4 " + name + " = " + made + ";");
        boolean copy = step instanceof FusedPhase.Step.Copy;
        if (rows.isHeld(out)) {
            int at = placeOf(out);
            body.add(
                    "row.hold%s(p.numbers[%d], c, width, %s);"
                            .formatted(rows.isWhole(out) ? "_all" : "_own", at, name));
        }
        if (!copy && rows.outlives(out)) {
            body.add(
                    "row.put(p.results[%d], c, width, %s);"
                            .formatted(
                                    parameters.result(new FusedParameters.Result(out, true, false)),
                                    name));
        }
        if (rows.isRounded(out)) {
            body.add(
                    "row.put_fragments(p.results[%d], c, width, %s);"
                            .formatted(
                                    parameters.result(new FusedParameters.Result(out, false, true)),
                                    name));
        }
    }

    private String smallNorm(FusedPhase.Step.SmallNorm s, boolean whole, Set<String> loads) {
        String x =
                "small_norm<NORM_%s>(%s, p.numbers[%d], p.scalars[%d])"
                        .formatted(
                                s.kind(),
                                input(s.x(), whole, loads),
                                fixed(s.size()),
                                parameters.scalar(s.epsilon()));
        return scaled(x, s.scale(), s.bias(), whole, loads);
    }

    private String norm(FusedPhase.Step.Norm s, boolean whole, Set<String> loads) {
        FusedPhase.Sums sums = s.sums();
        String x =
                "normal<%s>(%s, row.sum_of(p.numbers[%d], %s))"
                        .formatted(
                                sums.kind() == NormKind.SUM,
                                input(s.x(), whole, loads),
                                sumsAt(sums),
                                sums.groups() == 1
                                        ? "0"
                                        : "min(c, width - 4) / p.numbers["
                                                + fixed(sums.x().width() / sums.groups())
                                                + "]");
        return scaled(x, s.scale(), s.bias(), whole, loads);
    }

    private String scaled(
            String x,
            FusedPhase.@Nullable Input scale,
            FusedPhase.@Nullable Input bias,
            boolean whole,
            Set<String> loads) {
        String y =
                scale == null
                        ? x
                        : "binary<MULTIPLY>(" + x + ", " + input(scale, whole, loads) + ")";
        return bias == null ? y : "binary<ADD>(" + y + ", " + input(bias, whole, loads) + ")";
    }

    private String fir(FusedPhase.Step.Fir s, boolean whole, Set<String> loads, List<String> body) {
        String now = input(s.x(), whole, loads);
        String sum = s.bias() == null ? "same_four(0.0f)" : input(s.bias(), whole, loads);
        int state = parameters.state(s.state());
        for (int j = 0; j < s.taps().size(); j++) {
            String held = j < s.window().size() ? input(s.window().get(j), whole, loads) : now;
            sum = "fma_four(%s, %s, %s)".formatted(input(s.taps().get(j), whole, loads), held, sum);
            if (j < s.window().size()) {
                String next =
                        j + 1 < s.window().size()
                                ? input(s.window().get(j + 1), whole, loads)
                                : now;
                body.add(
                        "row.keep(p.states[%d] + %dLL * width, c, width, %s);"
                                .formatted(state, 4 * j, next));
            }
        }
        return sum;
    }

    private String modal(
            FusedPhase.Step.Modal s, boolean whole, Set<String> loads, List<String> body) {
        int state = parameters.state(s.state());
        String name = "m" + state;
        body.add(
                "TwoModes %s(%s, %s, %s, %s);"
                        .formatted(
                                name,
                                input(s.x(), whole, loads),
                                fours(s.held(), whole, loads),
                                fours(s.poles(), whole, loads),
                                fours(s.residues(), whole, loads)));
        body.add("row.keep_modes(p.states[%d], c, width, %s.h);".formatted(state, name));
        return name + ".y";
    }

    private String fours(List<FusedPhase.Input> inputs, boolean whole, Set<String> loads) {
        return inputs.stream()
                .map(input -> input(input, whole, loads))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private void sums(FusedPhase.Sums sums) {
        int size = fixed(sums.x().width() / sums.groups());
        int groups = fixed(sums.groups());
        line(
                run,
                3,
                "row.sums<NORM_%s>(p.numbers[%d], p.numbers[%d], p.numbers[%d], p.numbers[%d], p.scalars[%d]);"
                        .formatted(
                                sums.kind(),
                                placeOf(sums.x()),
                                sumsAt(sums),
                                size,
                                groups,
                                parameters.scalar(sums.epsilon())));
    }

    private void scan(FusedPhase.Scan phase) {
        Op.DiagonalScan op = phase.op();
        String state = "p.states[" + parameters.state(op.h()) + "]";
        FusedPhase.Source a = new FusedPhase.Source.OfWeight(op.a());
        String decays =
                "p.reads["
                        + parameters.index(new FusedPhase.Read(a, FusedPhase.Access.COLUMNS, 4, 4))
                        + "].at";
        String width = "p.numbers[" + fixed(op.out().width()) + "]";
        String keep = rows.isBf16(op.h()) ? "KeepBf16" : "KeepF32";
        line(before, 3, "FusedScan<" + keep + "> scan;");
        line(
                beforeRows,
                2,
                "FusedScanRows<%s> scan(p, row, %s, %s, %s);"
                        .formatted(keep, state, decays, width));
        line(
                before,
                3,
                "if (ONE) scan.load(row, %s, %s, row.from, %s);".formatted(state, decays, width));
        line(
                run,
                3,
                "scan.template run<ONE>(row, %s, %s, p.numbers[%d], %s, %s, %s, %s, %s);"
                        .formatted(
                                state,
                                decays,
                                placeOf(op.out()),
                                width,
                                address(phase.x()),
                                address(phase.dt()),
                                address(phase.b()),
                                address(phase.c())));
    }

    private void delta(Op.DeltaScan op) {
        String state = "p.states[" + parameters.state(op.s()) + "]";
        String keep = rows.isBf16(op.s()) ? "KeepBf16" : "KeepF32";
        line(before, 3, "FusedDelta<" + keep + "> delta;");
        line(before, 3, "delta.load(row, " + state + ");");
        StringBuilder places = new StringBuilder();
        for (Value value : List.of(op.q(), op.k(), op.v(), op.decay(), op.a(), op.b(), op.out())) {
            places.append(", p.numbers[").append(placeOf(value)).append(']');
        }
        line(run, 3, "delta.run(row, " + state + places + ");");
    }

    /** Where an operand's column 0 lies. */
    private String address(FusedPhase.Input input) {
        return switch (input) {
            case FusedPhase.Input.Far(FusedPhase.Read read) ->
                    "row.address(p.reads[" + parameters.index(read) + "])";
            case FusedPhase.Input.Kept kept -> {
                String from = rows.isWhole(kept.value()) ? "" : " - row.from";
                yield "row.shared + p.numbers[%d] + p.numbers[%d]%s"
                        .formatted(placeOf(kept.value()), fixed(kept.from()), from);
            }
            default -> throw new IllegalStateException("lies nowhere: " + input);
        };
    }

    private String input(FusedPhase.Input input, boolean whole, Set<String> loads) {
        return switch (input) {
            case FusedPhase.Input.Made(Value value) -> name(value);
            case FusedPhase.Input.Number(float value) ->
                    "same_four(p.scalars[" + parameters.scalar(value) + "])";
            case FusedPhase.Input.Kept kept -> kept(kept);
            case FusedPhase.Input.Far(FusedPhase.Read read) -> {
                boolean isEarly = read.isEarly(rows.schedule());
                String load = load(read);
                (whole ? loads : isEarly ? early : late).add(load);
                yield (!whole && isEarly ? "e." : "l.") + load.substring(0, load.indexOf(' '));
            }
        };
    }

    private String kept(FusedPhase.Input.Kept kept) {
        int at = placeOf(kept.value());
        if (!rows.isWhole(kept.value())) {
            return "row.held_own(p.numbers[" + at + "], c, width)";
        }
        String from =
                "p.numbers[%d]%s"
                        .formatted(
                                at,
                                kept.from() == 0 ? "" : " + p.numbers[" + fixed(kept.from()) + "]");
        return switch (kept.access()) {
            case COLUMNS -> "row.held(" + from + ", min(c, width - 4))";
            case FOURS -> throw new IllegalStateException("held by no phase");
            case BLOCKS ->
                    "same_four(row.held_one(%s, min(c, width - 4) / p.numbers[%d]))"
                            .formatted(from, fixed(kept.width()));
            case TILES ->
                    "row.held(%s, min(c, width - 4) %% p.numbers[%d])"
                            .formatted(from, fixed(kept.width()));
        };
    }

    /** The statement that fills a read's field, which it begins with. */
    private String load(FusedPhase.Read read) {
        int index = parameters.index(read);
        String from =
                read.source() instanceof FusedPhase.Source.OfState
                        ? "row.state(p.reads[" + index + "], "
                        : "row.far(p.reads[" + index + "], ";
        String how =
                switch (read.access()) {
                    case COLUMNS -> from + "c);";
                    case FOURS -> from + "4 * c + %d);".formatted(4 * read.narrow());
                    case BLOCKS ->
                            "row.far_block(p.reads[%d], c, p.numbers[%d]);"
                                    .formatted(index, fixed(read.width() / read.narrow()));
                    case TILES ->
                            "row.far_tile(p.reads[%d], c, p.numbers[%d]);"
                                    .formatted(index, fixed(read.narrow()));
                };
        return "r" + index + " = " + how;
    }

    private String name(Value value) {
        return Objects.requireNonNull(names.get(value), "a phase reads what it has not made");
    }

    private int fixed(int value) {
        return parameters.number(new FusedParameters.Number.Fixed(value));
    }

    private int placeOf(Value value) {
        return parameters.number(new FusedParameters.Number.PlaceOf(value));
    }

    private int sumsAt(FusedPhase.Sums sums) {
        return parameters.number(new FusedParameters.Number.SumsAt(sums));
    }
}
