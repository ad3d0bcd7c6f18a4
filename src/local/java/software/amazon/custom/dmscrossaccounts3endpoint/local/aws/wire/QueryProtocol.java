package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The AWS Query protocol: form parameters in, XML out (Smithy, "AWS Query protocol"). Lists are
 * {@code Name.member.1} on the way in and {@code <member>} on the way out.
 */
public final class QueryProtocol implements Protocol {
  /** What IAM and STS call a broken constraint. */
  static final String VALIDATION = "ValidationError";

  private static final String MEMBER = "member";
  private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

  private final String version;
  private final String namespace;

  /**
   * @param host of the namespace, for instance {@code iam.amazonaws.com}
   */
  public QueryProtocol(String host, String version) {
    this.version = version;
    this.namespace = "https://" + host + "/doc/" + version + "/";
  }

  @Override
  public String operation(Incoming incoming) {
    var form = form(incoming.body());
    var action = form.get("Action");
    if (action == null) {
      throw new AwsFault("MissingAction", 400, "The request must contain the parameter Action");
    }
    if (!version.equals(form.get("Version"))) {
      throw new AwsFault(
          "InvalidAction",
          400,
          "Could not find operation %s for version %s".formatted(action, form.get("Version")));
    }
    return action;
  }

  @Override
  public Parameters parameters(Incoming incoming) {
    var root = JsonNodeFactory.instance.objectNode();
    form(incoming.body())
        .forEach(
            (name, value) -> {
              if (!name.equals("Action") && !name.equals("Version")) {
                insert(root, name.split("\\."), value);
              }
            });
    return new Parameters((ObjectNode) withLists(root), VALIDATION);
  }

  private static Map<String, String> form(String body) {
    var form = new LinkedHashMap<String, String>();
    for (var pair : body.split("&")) {
      if (!pair.isEmpty()) {
        var equals = pair.indexOf('=');
        form.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AwsFault("MalformedQueryString", 400, "The query string contains a syntax error.");
    }
  }

  private static void insert(ObjectNode into, String[] path, String value) {
    if (path.length == 1) {
      into.put(path[0], value);
      return;
    }
    var child = into.get(path[0]) instanceof ObjectNode there ? there : into.putObject(path[0]);
    insert(child, Arrays.copyOfRange(path, 1, path.length), value);
  }

  /** An object whose only key is "member" stands for a list. */
  private static JsonNode withLists(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.size() == 1 && object.get(MEMBER) instanceof ObjectNode members) {
      var ordered = new TreeMap<Integer, JsonNode>();
      members
          .properties()
          .forEach(
              entry -> {
                if (!entry.getKey().matches("\\d{1,6}")) {
                  throw new AwsFault("MalformedInput", 400, "Unexpected list index");
                }
                ordered.put(Integer.valueOf(entry.getKey()), withLists(entry.getValue()));
              });
      return new ArrayNode(JsonNodeFactory.instance).addAll(ordered.values());
    }
    var result = JsonNodeFactory.instance.objectNode();
    object.properties().forEach(entry -> result.set(entry.getKey(), withLists(entry.getValue())));
    return result;
  }

  @Override
  public Reply success(String operation, ObjectNode answer, String requestId) {
    return reply(
        200,
        requestId,
        xml -> {
          xml.writeStartElement(operation + "Response");
          xml.writeDefaultNamespace(namespace);
          if (answer != null) {
            write(xml, operation + "Result", answer);
          }
          xml.writeStartElement("ResponseMetadata");
          write(xml, "RequestId", requestId);
          xml.writeEndElement();
          xml.writeEndElement();
        });
  }

  @Override
  public Reply failure(AwsFault fault, String requestId) {
    return reply(
        fault.status(),
        requestId,
        xml -> {
          xml.writeStartElement("ErrorResponse");
          xml.writeDefaultNamespace(namespace);
          xml.writeStartElement("Error");
          var type = fault.status() < 500 ? "Sender" : "Receiver";
          write(xml, "Type", type);
          write(xml, "Code", fault.code());
          write(xml, "Message", fault.getMessage());
          xml.writeEndElement();
          write(xml, "RequestId", requestId);
          xml.writeEndElement();
        });
  }

  /** What is written into an answer. */
  interface Content {
    void writeTo(XMLStreamWriter xml) throws XMLStreamException;
  }

  static Reply reply(int status, String requestId, Content content) {
    var text = new StringWriter();
    try {
      var xml = XML.createXMLStreamWriter(text);
      content.writeTo(xml);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return new Reply(
        status, Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId), text.toString());
  }

  static void write(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
    write(xml, name, TextNode.valueOf(text));
  }

  private static void write(XMLStreamWriter xml, String name, JsonNode value)
      throws XMLStreamException {
    xml.writeStartElement(name);
    if (value instanceof ObjectNode object) {
      for (var entry : object.properties()) {
        write(xml, entry.getKey(), entry.getValue());
      }
    } else if (value.isArray()) {
      for (var element : value) {
        write(xml, MEMBER, element);
      }
    } else {
      xml.writeCharacters(withoutControls(value.asText()));
    }
    xml.writeEndElement();
  }

  /** XML 1.0 can't hold control characters, which an error message may quote from the request. */
  private static String withoutControls(String text) {
    return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }

  @Override
  public AwsFault unknownOperation(String operation) {
    return new AwsFault(
        "InvalidAction",
        400,
        "Could not find operation %s for version %s".formatted(operation, version));
  }

  @Override
  public AwsFault missingAuthentication() {
    return new AwsFault(
        "MissingAuthenticationToken", 403, "Request is missing Authentication Token");
  }

  @Override
  public AwsFault unknownKey() {
    return new AwsFault(
        "InvalidClientTokenId", 403, "The security token included in the request is invalid.");
  }

  @Override
  public AwsFault expired() {
    return new AwsFault(
        "ExpiredToken", 403, "The security token included in the request is expired");
  }

  @Override
  public AwsFault throttled() {
    return new AwsFault("Throttling", 400, "Rate exceeded");
  }

  @Override
  public AwsFault unavailable() {
    return new AwsFault(
        "ServiceUnavailable", 503, "The request has failed due to a temporary failure.");
  }

  /** A moment as this protocol writes it. */
  public static String date(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
