package dev.eddy.runtime.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The drawing of accuracies. */
class AccuracyPlotTest {
    @Test
    void svg_ofTwoModels_hasALineAndALegendOfEachInBothPanels() throws Exception {
        Outcome holds = new Outcome();
        Outcome forgets = new Outcome();
        for (int group : new int[] {4, 8, 16}) {
            holds.add(group, 3 * group, true);
            forgets.add(group, 3 * group, group == 4);
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put("holds <all> & more", holds);
        outcomes.put("forgets", forgets);
        Document svg = parsed(new AccuracyPlot("recall", "pairs", outcomes).svg());
        NodeList lines = svg.getElementsByTagName("polyline");
        assertThat(lines.getLength()).isEqualTo(4);
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(12);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("holds <all> & more", "forgets", "pairs", "recall");
        String[] flat = ((Element) lines.item(0)).getAttribute("points").split("[ ,]");
        assertThat(flat).hasSize(6);
        assertThat(flat[1]).isEqualTo(flat[3]).isEqualTo(flat[5]);
        String[] falling = ((Element) lines.item(1)).getAttribute("points").split("[ ,]");
        assertThat(falling[1]).isEqualTo(flat[1]);
        assertThat(Double.parseDouble(falling[3])).isGreaterThan(Double.parseDouble(falling[1]));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
