// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The metatype document (OSGi Compendium 105) that the build generated from an annotation type. */
final class Metatype {
    private static final ClassValue<Metatype> READ = new ClassValue<>() {
        @Override
        protected Metatype computeValue(Class<?> definition) {
            return read(definition);
        }
    };

    private final Map<String, Attribute> attributes;

    private Metatype(Map<String, Attribute> attributes) {
        this.attributes = Map.copyOf(attributes);
    }

    static Metatype of(Class<?> definition) {
        return READ.get(definition);
    }

    /** Returns the key that a method of the annotation type stands for (OSGi Compendium 112.8.2.1). */
    static String key(String method) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < method.length(); i++) {
            if (method.startsWith("__", i)) {
                key.append('_');
                i++;
            } else {
                key.append(method.charAt(i) == '_' ? '.' : method.charAt(i));
            }
        }
        return key.toString();
    }

    Set<String> keys() {
        return attributes.keySet();
    }

    Attribute attribute(String key) {
        Attribute attribute = attributes.get(key);
        if (attribute == null) {
            throw new IllegalStateException("the metatype has no attribute '" + key + "'");
        }
        return attribute;
    }

    private static Metatype read(Class<?> definition) {
        String name = "/OSGI-INF/metatype/" + definition.getName() + ".xml";
        try (InputStream document = definition.getResourceAsStream(name)) {
            if (document == null) {
                throw new IllegalStateException("the bundle lacks " + name);
            }
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader reader = factory.createXMLStreamReader(document);
            Map<String, Attribute> attributes = new HashMap<>();
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("AD")) {
                    Attribute attribute = Attribute.of(reader);
                    attributes.put(attribute.key(), attribute);
                }
            }
            return new Metatype(attributes);
        } catch (IOException | XMLStreamException broken) {
            throw new IllegalStateException("cannot read " + name, broken);
        }
    }

    /** One setting. */
    record Attribute(String key, boolean secret, long min, long max) {
        private static Attribute of(XMLStreamReader reader) {
            return new Attribute(
                    reader.getAttributeValue(null, "id"),
                    "Password".equals(reader.getAttributeValue(null, "type")),
                    bound(reader.getAttributeValue(null, "min"), Long.MIN_VALUE),
                    bound(reader.getAttributeValue(null, "max"), Long.MAX_VALUE));
        }

        private static long bound(String text, long none) {
            return text == null || text.isEmpty() ? none : Long.parseLong(text);
        }

        String range() {
            if (max == Long.MAX_VALUE) {
                return "is at least " + min;
            }
            return min == Long.MIN_VALUE ? "is at most " + max : "lies between " + min + " and " + max;
        }
    }
}
