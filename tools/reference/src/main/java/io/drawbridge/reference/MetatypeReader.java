// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.reference;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads a metatype document (OSGi Compendium 105.8). */
final class MetatypeReader {
    private MetatypeReader() {}

    static List<Configuration> read(InputStream stream) throws IOException {
        Document document = parse(stream);
        Map<String, Element> definitions = new HashMap<>();
        for (Element definition : elements(document.getDocumentElement(), "OCD")) {
            definitions.put(definition.getAttribute("id"), definition);
        }
        List<Configuration> configurations = new ArrayList<>();
        for (Element designate : elements(document.getDocumentElement(), "Designate")) {
            String factory = designate.getAttribute("factoryPid");
            String pid = factory.isEmpty() ? designate.getAttribute("pid") : factory + "~NAME";
            String ocd = elements(designate, "Object").get(0).getAttribute("ocdref");
            configurations.add(configuration(pid, definitions.get(ocd)));
        }
        return configurations;
    }

    private static Configuration configuration(String pid, Element definition) {
        List<Setting> settings = new ArrayList<>();
        for (Element attribute : elements(definition, "AD")) {
            settings.add(new Setting(
                    attribute.getAttribute("id"),
                    attribute.getAttribute("name"),
                    attribute.getAttribute("description"),
                    type(attribute),
                    attribute.getAttribute("default")));
        }
        settings.sort(Comparator.comparing(Setting::key));
        return new Configuration(
                pid, definition.getAttribute("name"), definition.getAttribute("description"), settings);
    }

    private static String type(Element attribute) {
        List<String> choices = elements(attribute, "Option").stream()
                .map(option -> option.getAttribute("value"))
                .toList();
        String type = choices.isEmpty() ? word(attribute.getAttribute("type")) : String.join(", ", choices);
        String min = attribute.getAttribute("min");
        String max = attribute.getAttribute("max");
        String range = min.isEmpty() ? "" : max.isEmpty() ? ", at least " + min : ", " + min + " to " + max;
        String cardinality = attribute.getAttribute("cardinality");
        return (cardinality.isEmpty() || cardinality.equals("0") ? "" : "list of ") + type + range;
    }

    private static String word(String type) {
        return switch (type) {
            case "Integer", "Long" -> "whole number";
            case "Boolean" -> "true or false";
            case "Password" -> "secret";
            default -> "text";
        };
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Document parse(InputStream stream) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException("not a metatype document", broken);
        }
    }
}
