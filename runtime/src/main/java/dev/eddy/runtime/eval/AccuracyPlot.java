package dev.eddy.runtime.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A drawing of what several models answered: accuracy by group beside accuracy by distance, a line
 * a model. Written as SVG by hand, since a library that draws would bring Java's desktop module and
 * fonts, which the server's image does not have.
 *
 * @param title the task
 * @param groups what groups count
 * @param outcomes by the models' names, in the order of the legend
 */
public record AccuracyPlot(String title, String groups, Map<String, Outcome> outcomes) {
    /** Colours that differ for readers with any colour vision (Okabe and Ito, 2008). */
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

    private static final int PANEL = 320;
    private static final int MARGIN = 60;
    private static final int HEIGHT = 240;
    private static final int TOP = 50;

    /** The whole drawing as one SVG document. */
    public String svg() {
        int width = 2 * (PANEL + MARGIN) + MARGIN;
        int height = TOP + HEIGHT + 70 + 20 * outcomes.size();
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                                + " font-family=\"sans-serif\" font-size=\"12\">\n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                        width,
                        height));
        text(out, width / 2.0, 24, "middle", title + ": accuracy");
        panel(out, MARGIN, groups, Outcome::byGroup);
        panel(out, 2 * MARGIN + PANEL, "elements since the answer was shown", Outcome::byDistance);
        legend(out);
        return out.append("</svg>\n").toString();
    }

    private void panel(
            StringBuilder out,
            int left,
            String label,
            Function<Outcome, SortedMap<Integer, Accuracy>> by) {
        TreeSet<Integer> marks = new TreeSet<>();
        outcomes.values().forEach(outcome -> marks.addAll(by.apply(outcome).keySet()));
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double y = y(tenth / 10.0);
            line(out, left, y, left + PANEL, y, "#dddddd");
            text(out, left - 8, y + 4, "end", String.format(Locale.ROOT, "%.1f", tenth / 10.0));
        }
        double room = -1;
        for (int mark : marks) {
            double x = x(left, mark, marks);
            line(out, x, y(0), x, y(0) + 4, "#888888");
            if (x > room) {
                text(out, x, y(0) + 18, "middle", Integer.toString(mark));
                room = x + 8 * Integer.toString(mark).length();
            }
        }
        text(out, left + PANEL / 2.0, y(0) + 38, "middle", label);
        int index = 0;
        for (Outcome outcome : outcomes.values()) {
            curve(out, left, marks, by.apply(outcome), COLOURS.get(index++ % COLOURS.size()));
        }
    }

    private static void curve(
            StringBuilder out,
            int left,
            TreeSet<Integer> marks,
            SortedMap<Integer, Accuracy> accuracies,
            String colour) {
        List<String> points = new ArrayList<>();
        accuracies.forEach((mark, accuracy) -> {
            double x = x(left, mark, marks);
            double y = y(accuracy.share());
            points.add(String.format(Locale.ROOT, "%.1f,%.1f", x, y));
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n",
                            x,
                            y,
                            colour));
        });
        out.append(
                String.format(
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                        String.join(" ", points), colour));
    }

    private void legend(StringBuilder out) {
        int index = 0;
        for (String model : outcomes.keySet()) {
            double y = TOP + HEIGHT + 62 + 20.0 * index;
            String colour = COLOURS.get(index++ % COLOURS.size());
            line(out, MARGIN, y - 4, MARGIN + 24, y - 4, colour);
            text(out, MARGIN + 32, y, "start", model);
        }
    }

    /** Marks lie by their logarithm. */
    private static double x(int left, int mark, TreeSet<Integer> marks) {
        if (marks.size() == 1) {
            return left + PANEL / 2.0;
        }
        double least = Math.log(marks.first());
        return left
                + 12
                + (PANEL - 24) * (Math.log(mark) - least) / (Math.log(marks.last()) - least);
    }

    private static double y(double share) {
        return TOP + HEIGHT * (1 - share);
    }

    private static void line(
            StringBuilder out, double x1, double y1, double x2, double y2, String colour) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                        x1,
                        y1,
                        x2,
                        y2,
                        colour));
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String text) {
        String escaped =
                text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replaceAll("\\p{Cntrl}", "?");
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                        x,
                        y,
                        anchor,
                        escaped));
    }
}
