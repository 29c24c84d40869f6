// Writes members of an object: put(json, "name", name, "at", line), each value by its type.
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>

#include "syntax/json.h"

namespace cascade::syntax {

// A text, a number, a truth value, what has a text (to_string), a pair or a list of them, or what an optional holds,
// null if that is nothing.
template <typename Value>
JsonWriter& write(JsonWriter& json, const Value& value) {
  if constexpr (std::is_convertible_v<const Value&, std::string_view>)
    return json.string(value);
  else if constexpr (std::is_same_v<Value, bool>)
    return json.boolean(value);
  else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>)
    return json.integer(value);
  else if constexpr (std::is_integral_v<Value>)
    return json.number(value);
  else if constexpr (requires { to_string(value); })
    return json.string(to_string(value));
  else if constexpr (requires { value.has_value(); })
    return value ? write(json, *value) : json.null();
  else if constexpr (requires { value.first; })
    return write(write(json.begin_array(), value.first), value.second).end_array();
  else
    return json.array(value, [&](const auto& item) { write(json, item); });
}

// Members of the open object, each a name and its value.
template <typename Value, typename... More>
JsonWriter& put(JsonWriter& json, std::string_view name, const Value& value, const More&... more) {
  write(json.key(name), value);
  if constexpr (sizeof...(more) > 0) put(json, more...);
  return json;
}

// The same, without members whose text or list is empty.
template <typename Value, typename... More>
void put_filled(JsonWriter& json, std::string_view name, const Value& value, const More&... more) {
  if (!value.empty()) put(json, name, value);
  if constexpr (sizeof...(more) > 0) put_filled(json, more...);
}

// A member that is an object: of names and values, or of what the only argument writes into it.
template <typename... Member>
JsonWriter& put_object(JsonWriter& json, std::string_view name, const Member&... members) {
  json.key(name).begin_object();
  if constexpr (sizeof...(members) == 1)
    (members(), ...);
  else
    put(json, members...);
  return json.end_object();
}

// For put(): a text that is null where it is empty.
inline std::optional<std::string_view> or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace cascade::syntax
