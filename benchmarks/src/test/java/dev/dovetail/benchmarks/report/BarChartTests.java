package dev.dovetail.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dovetail.benchmarks.report.BarChart.Bar;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BarChartTests {

    @Test
    void lengthsAreInProportion() throws Exception {
        NodeList bars = draw(new BarChart("Speed", "note", 0)
                        .group("one", List.of(new Bar("a", 1, "1", true), new Bar("b", 2, "2", false)))
                        .group("two", List.of(new Bar("c", 4, "4", false))))
                .getElementsByTagName("rect");
        assertThat(bars.getLength()).isEqualTo(3);
        assertThat(width(bars, 1)).isEqualTo(2 * width(bars, 0));
        assertThat(width(bars, 2)).isEqualTo(4 * width(bars, 0));
        assertThat(((Element) bars.item(0)).getAttribute("class")).isEqualTo("own");
    }

    @Test
    void everyBarIsInsideOfTheDrawing() throws Exception {
        Document drawing = draw(new BarChart("t", "n", 1).group("g", List.of(new Bar("a", 1e9, "x", true))));
        NodeList bars = drawing.getElementsByTagName("rect");
        double end = Double.parseDouble(((Element) bars.item(0)).getAttribute("x")) + width(bars, 0);
        assertThat(end)
                .isLessThan(Double.parseDouble(drawing.getDocumentElement().getAttribute("width")));
    }

    @Test
    void textIsEscaped() throws Exception {
        Document drawing =
                draw(new BarChart("a < b & c", "<script>", 0).group("g", List.of(new Bar("<b>", 1, "&", false))));
        assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
        assertThat(drawing.getDocumentElement().getTextContent()).contains("a < b & c", "<b>");
    }

    @Test
    void itHasColoursForDarkGround() {
        assertThat(new BarChart("t", "n", 0).svg()).contains("prefers-color-scheme: dark");
    }

    @Test
    void aGroupWithoutBarsIsLeftOut() {
        assertThat(new BarChart("t", "n", 0).group("empty", List.of()).svg()).doesNotContain("empty");
    }

    @Test
    void whatIsNoLengthIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bar("a", Double.NaN, "", false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bar("a", -1, "", false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bar("a", Double.POSITIVE_INFINITY, "", false));
    }

    private static Document draw(BarChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }

    private static double width(NodeList bars, int index) {
        return Double.parseDouble(((Element) bars.item(index)).getAttribute("width"));
    }
}
