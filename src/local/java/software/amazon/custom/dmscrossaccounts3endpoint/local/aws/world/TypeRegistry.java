package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The CloudFormation registry of one account and Region at one moment: its private types. */
public record TypeRegistry(
    Map<String, RegisteredType> types, Map<String, TypeRegistration> registrations) {
  static final TypeRegistry EMPTY = new TypeRegistry(Map.of(), Map.of());

  public TypeRegistry with(RegisteredType type) {
    var changed = new TreeMap<>(types);
    changed.put(type.name(), type);
    return new TypeRegistry(Map.copyOf(changed), registrations);
  }

  public TypeRegistry with(TypeRegistration registration) {
    var changed = new TreeMap<>(registrations);
    changed.put(registration.token(), registration);
    return new TypeRegistry(types, Map.copyOf(changed));
  }

  /** A type by its name, whether a version of it is there or not. */
  public Optional<RegisteredType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** The types of which a version is there, by name. */
  public List<RegisteredType> types(Instant now) {
    return new TreeMap<>(types)
        .values().stream().filter(type -> !type.versions(now).isEmpty()).toList();
  }

  public Optional<TypeRegistration> registration(Predicate<TypeRegistration> which) {
    return registrations.values().stream().filter(which).findFirst();
  }
}
