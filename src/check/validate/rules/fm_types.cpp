// FM008: values of another type than the client expects. Each type accepts what the client also accepts, such as `yes`
// for a truth value, and a right value in quotes is only a warning.
#include <algorithm>

#include "manifest/client_keys.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Node;
using syntax::NodeKind;

bool is_digits(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text)
    if (!letters::is_digit(c)) return false;
  return true;
}

class TypeCheck {
 public:
  TypeCheck(const Document& document, Findings& findings) : document_(document), findings_(findings) {}

  void check(const Node& key, const Node& value, ValueType type) {
    key_ = &key;
    if (value.kind == NodeKind::null) return;
    switch (type) {
      case ValueType::text: return text(value);
      case ValueType::boolean: return boolean(value);
      case ValueType::integer: return integer(value);
      case ValueType::list: return list(value);
      case ValueType::map:
        if (value.kind != NodeKind::map) wrong(value, "a map");
        return;
      case ValueType::any: return;
    }
  }

 private:
  void wrong(const Node& value, const std::string& wanted) {
    findings_.add("FM008", document_.at(*key_),
                  key_->text + " is " + std::string(describe(value.kind)) + " and must be " + wanted,
                  "the client drops the value");
  }

  void quoted(const Node& value, const std::string& meant) {
    findings_.add("FM008", Severity::warning, document_.at(value), key_->text + " is a text and must be " + meant,
                  "write " + value.text + " without quotes");
  }

  // argument-hint: [file] reads as a list, and everybody writes it that way.
  void text(const Node& value) {
    const bool hint = key_->text == "argument-hint" && value.kind == NodeKind::list;
    if ((value.kind == NodeKind::list || value.kind == NodeKind::map) && !hint) wrong(value, "a text");
  }

  void boolean(const Node& value) {
    if (value.kind == NodeKind::boolean) return;
    if (value.kind == NodeKind::string && !value.quoted &&
        letters::is_one_of_lower(value.text, {"yes", "no", "on", "off"}))
      return;
    if (value.kind == NodeKind::string && letters::is_one_of_lower(value.text, {"true", "false"}))
      return quoted(value, "true or false");
    wrong(value, "true or false");
  }

  void integer(const Node& value) {
    if (value.kind == NodeKind::string && is_digits(value.text)) return quoted(value, "a whole number");
    if (value.kind != NodeKind::number || !is_digits(value.text) ||
        value.text.find_first_not_of('0') == std::string::npos)
      wrong(value, "a whole number above 0");
  }

  void list(const Node& value) {
    if (key_->text == "tools" && document_.role() == Role::skill) return;  // it has no effect: FM014
    if (value.kind == NodeKind::string) return;
    if (value.kind != NodeKind::list) return wrong(value, "a list or a text");
    const auto is_nested = [](const Node& item) { return item.kind == NodeKind::list || item.kind == NodeKind::map; };
    const auto nested = std::count_if(value.items.begin(), value.items.end(), is_nested);
    if (nested > 1 && static_cast<std::size_t>(nested) == value.size()) return entries(*value.items.begin(), nested);
    for (const Node& item : value.items)
      if (is_nested(item))
        findings_.add("FM008", document_.at(item),
                      "an entry of " + key_->text + " is " + std::string(describe(item.kind)) + " and must be a text",
                      item.kind == NodeKind::map ? "put it in quotes; a colon and a blank make a map of it"
                                                 : "write one flat list");
  }

  // All of them: the list was written for another reader, which is one fault.
  void entries(const Node& first, std::ptrdiff_t count) {
    findings_.add("FM008", document_.at(first),
                  "the " + std::to_string(count) + " entries of " + key_->text + " are no texts, as they must be",
                  "list plain texts; the client drops the others");
  }

  const Document& document_;
  Findings& findings_;
  const Node* key_ = nullptr;
};

}  // namespace

void check_field_types(const Context&, const Document& document, Findings& findings) {
  const Node& fields = document.data();
  if (!is_manifest(document.role()) || fields.kind != NodeKind::map) return;
  TypeCheck check(document, findings);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const ClientField* known = find_client_field(fields.key(i).text);
    if (known == nullptr || (findings.profile() == Profile::agent_skills && !known->standard)) continue;
    check.check(fields.key(i), fields.value(i), known->type);
  }
}

}  // namespace cascade::validation
