// Reports faults from the YAML reader and missing fields: FM004 to FM006, FM012, FM015.
#include "manifest/fields.h"
#include "manifest/problems.h"

#include <array>

namespace cascade::manifest {
namespace {

using syntax::Fault;
using syntax::FaultKind;
using syntax::Node;

struct FaultRule {
  FaultKind kind;
  std::string_view rule;
  Severity severity;
  std::string_view help;
};

constexpr std::array<FaultRule, 11> fault_rules = {{
    {FaultKind::syntax, "FM004", Severity::error,
     "the client drops every field of this file; quote the value or fix it"},
    {FaultKind::tab, "FM004", Severity::error, "indent with blanks; strict readers refuse tabs"},
    {FaultKind::duplicate_key, "FM005", Severity::error, "keep one; the client takes the last"},
    {FaultKind::tag, "FM012", Severity::error, "write the plain value without a tag"},
    {FaultKind::merge_key, "FM012", Severity::error, "write the merged entries out"},
    {FaultKind::documents, "FM012", Severity::error, "keep one document between the dashes"},
    {FaultKind::aliases, "FM012", Severity::error, "write the values out; the client refuses such a block"},
    {FaultKind::depth, "FM012", Severity::error, "nest less deeply"},
    {FaultKind::size, "FM012", Severity::error, "move the text into the body"},
    {FaultKind::repaired, "FM015", Severity::warning, "put the value in quotes; other readers drop the file"},
    {FaultKind::comment_cut, "FM015", Severity::warning, "put the value in quotes; ` #` begins a comment"},
}};

// A comment after a short value is ordinary YAML; in a field of text it cuts off words.
bool is_text_field(std::string_view key) {
  return key == "description" || key == "when_to_use" || key == "argument-hint";
}

bool cuts_text(const Node& root, const Fault& fault) {
  for (std::size_t i = 0; i < root.size(); ++i) {
    const Node& value = root.value(i);
    if (is_text_field(root.key(i).text) && root.key(i).at.line <= fault.at.line &&
        fault.at.line <= std::max(value.at.line, value.end.line))
      return true;
  }
  return false;
}

// The keys read in spite of a syntax fault, named in its help. Faults of encoding are left to report_bytes, which reads
// the whole file.
std::string salvaged_keys(const Node& root) {
  std::string out;
  for (std::size_t i = 0; i < root.size() && i < 8; ++i) out += (i == 0 ? "" : ", ") + root.key(i).text;
  return out;
}

void require(const ManifestSource& source, const Node& fields, std::string_view key, Severity severity,
             std::string_view why, Problems& out) {
  const Node* value = fields.find(key);
  if (value != nullptr &&
      (!scalar_text(value).empty() || value->kind == syntax::NodeKind::list || value->kind == syntax::NodeKind::map))
    return;  // a list or a map has the wrong type, which a rule reports
  Location at{"", 1, 0};
  if (value != nullptr)
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields.key(i).text == key) at = {"", fields.key(i).at.line, fields.key(i).at.column};
  out.add("FM006", severity, at,
          std::string(to_string(source.kind)) + (value == nullptr ? " has no `" : " has an empty `") +
              std::string(key) + '`',
          std::string(why), key);
}

}  // namespace

void report_yaml(const syntax::Parsed& yaml, Problems& out) {
  for (const Fault& fault : yaml.faults) {
    if (fault.kind == FaultKind::comment_cut && !cuts_text(yaml.root, fault)) continue;
    for (const FaultRule& rule : fault_rules) {
      if (rule.kind != fault.kind) continue;
      std::string help(rule.help);
      if (fault.kind == FaultKind::syntax && yaml.root.size() > 0) help += "; read here: " + salvaged_keys(yaml.root);
      out.add(rule.rule, rule.severity, {"", fault.at.line, fault.at.column}, fault.message, std::move(help),
              fault.message);
    }
  }
}

void report_fields(const ManifestSource& source, const Node& fields, Problems& out) {
  switch (source.kind) {
    case Kind::skill:
      require(source, fields, "description", Severity::warning, "say what it does and when to use it", out);
      return;
    case Kind::agent:
      require(source, fields, "name", source.plugin.empty() ? Severity::error : Severity::warning,
              source.plugin.empty() ? "the client registers no agent without a name" : "the client takes the file name",
              out);
      require(source, fields, "description", Severity::error, "the client registers no agent without a description",
              out);
      return;
    case Kind::command:
      if (scalar_text(fields.find("disable-model-invocation")) != "true")
        require(source, fields, "description", Severity::info, "say in one line what it does", out);
      return;
  }
}

}  // namespace cascade::manifest
