package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What the README has users put into their Maven and Gradle builds names artifacts that this build
 * makes, in its version, and the compiler plugin and Java that it uses itself.
 */
class ReadmeBuildTest {
  private static final Path ROOT = Path.of("..");

  private record Coordinates(String group, String artifact, String version) {}

  @Test
  void theMavenSnippetNamesWhatThisBuildMakes() throws Exception {
    Document pom = xml("<project>" + fence("xml") + "</project>");
    List<Coordinates> ours = new ArrayList<>();
    ours.addAll(coordinates(pom, "dependency"));
    ours.addAll(coordinates(pom, "path"));
    assertThat(ours)
        .containsExactly(
            new Coordinates("dev.cortado", "cortado-runtime", version()),
            new Coordinates("dev.cortado", "cortado-processor", version()));
    ours.forEach(c -> assertThat(artifacts()).contains(c.artifact()));
    String root = Files.readString(ROOT.resolve("pom.xml"));
    for (Coordinates plugin : coordinates(pom, "plugin")) {
      assertThat(root)
          .containsPattern(
              Pattern.quote("<artifactId>" + plugin.artifact() + "</artifactId>")
                  + "\\s*"
                  + Pattern.quote("<version>" + plugin.version() + "</version>"));
    }
    String release = pom.getElementsByTagName("release").item(0).getTextContent();
    assertThat(root).contains("<maven.compiler.release>" + release + "<");
  }

  @Test
  void theGradleSnippetNamesTheSameArtifacts() throws Exception {
    Matcher named =
        Pattern.compile("(\\w+)\\(\"dev\\.cortado:([\\w-]+):([^\"]+)\"\\)")
            .matcher(fence("kotlin"));
    List<String> found = new ArrayList<>();
    while (named.find()) {
      found.add(named.group(1) + " " + named.group(2));
      assertThat(artifacts()).contains(named.group(2));
      assertThat(named.group(3)).isEqualTo(version());
    }
    assertThat(found)
        .containsExactly("implementation cortado-runtime", "annotationProcessor cortado-processor");
  }

  private static String fence(String language) throws IOException {
    String page = Files.readString(ROOT.resolve("README.md"));
    Matcher fence = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(fence.find()).as("a snippet of " + language).isTrue();
    return fence.group(1);
  }

  private static Document xml(String text)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static List<Coordinates> coordinates(Document pom, String element) {
    List<Coordinates> all = new ArrayList<>();
    NodeList found = pom.getElementsByTagName(element);
    for (int i = 0; i < found.getLength(); i++) {
      Element e = (Element) found.item(i);
      all.add(new Coordinates(child(e, "groupId"), child(e, "artifactId"), child(e, "version")));
    }
    return all;
  }

  private static String child(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }

  private static String version() {
    try {
      Document root = xml(Files.readString(ROOT.resolve("pom.xml")));
      return child(root.getDocumentElement(), "version");
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new AssertionError(e);
    }
  }

  /** The artifacts of the modules that the build makes. */
  private static List<String> artifacts() {
    List<String> artifacts = new ArrayList<>();
    for (String module : List.of("annotations", "runtime", "processor")) {
      try {
        String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
        Matcher own = Pattern.compile("</parent>\\s*<artifactId>([^<]+)<").matcher(pom);
        assertThat(own.find()).isTrue();
        artifacts.add(own.group(1));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return artifacts;
  }
}
