// SARIF 2.1.0 (OASIS): paths below the base SRCROOT, columns in code points, fingerprints without line numbers.
#include "render/findings.h"
#include "render/parts.h"
#include "syntax/lines.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {
namespace {

// Hosts reject longer runs; the most severe findings are kept.
constexpr std::size_t most_results = 25'000;

// SARIF's words for severities; it has no "info".
constexpr letters::Names<Severity::error> severity_levels("none", "note", "warning", "error");

// A relative path as a URI reference: any character that RFC 3986 does not allow unescaped is percent-encoded.
std::string uri_of(std::string_view path) {
  constexpr std::string_view plain = "-._~/!$&'()*+,;=@";
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = letters::is_letter_or_digit(c);
    if (letter || plain.find(c) != std::string_view::npos)
      out += c;
    else
      out.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
  }
  return out.empty() ? "." : out;
}

// RFC 4648 with padding, as SARIF wants bytes that are not text.
std::string in_base64(std::string_view bytes) {
  constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? digits[three >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

using Chosen = std::vector<const Diagnostic*>;
using RuleIndices = std::map<std::string, std::size_t>;  // of the rules with findings, in the order of their names

class Texts {
 public:
  explicit Texts(const FindingsContext& context) : context_(context) {}

  // Null if the file cannot be read.
  const std::string* of(const std::string& path) {
    const auto [at, is_new] = texts_.try_emplace(path);
    if (is_new && context_.read)
      if (auto read = context_.read(path)) at->second = *std::move(read);
    return at->second ? &*at->second : nullptr;
  }

 private:
  const FindingsContext& context_;
  std::map<std::string, std::optional<std::string>> texts_;
};

Chosen choose(const std::vector<Diagnostic>& found) {
  Chosen chosen;
  for (const Diagnostic& finding : found) chosen.push_back(&finding);
  if (chosen.size() > most_results) {
    std::ranges::stable_sort(chosen,
                             [](const Diagnostic* a, const Diagnostic* b) { return a->severity > b->severity; });
    chosen.resize(most_results);
  }
  return chosen;
}

// A result names its rule by the index in this list, so both are made from the same findings.
RuleIndices number_rules(const Chosen& chosen) {
  RuleIndices indices;
  for (const Diagnostic* finding : chosen) indices.emplace(finding->rule, 0);
  std::size_t next = 0;
  for (auto& [rule, index] : indices) index = next++;
  return indices;
}

void put_message(syntax::JsonWriter& json, std::string_view key, std::string_view value) {
  put_object(json, key, "text", value);
}

// A rule that is not in the catalogue has its id alone: readers show the finding all the same.
void put_rule(syntax::JsonWriter& json, const FindingsContext& context, const std::string& id) {
  const RuleInfo* rule = context.catalogue.rule(id);
  put(json.begin_object(), "id", id);
  for (const OtherRule& other : context.more_rules)
    if (other.id == id) {
      put(json, "name", other.slug);
      put_message(json, "shortDescription", other.slug);
      put_message(json, "fullDescription", other.condition);
    }
  if (rule != nullptr) {
    const Severity severity = rule->severity(context.catalogue.profile(context.profile).value_or(Profile::claude_code));
    put(json, "name", rule->slug);
    put_message(json, "shortDescription", rule->slug);
    put_message(json, "fullDescription", rule->condition);
    put_object(json, "help", "text", std::string(rule->condition) + " " + std::string(rule->reason), "markdown",
               std::string(rule->condition) + "\n\n*Why:* " + std::string(rule->reason) + "\n\n*Bad:* `" +
                   std::string(rule->bad) + "`  \n*Good:* `" + std::string(rule->good) + "`");
    put_object(json, "defaultConfiguration", "level", severity_levels.of(severity));
    json.key("properties").begin_object();
    json.key("tags").begin_array().string(id.substr(0, id.find_first_of("0123456789")));
    if (id.compare(0, 3, "SEC") == 0) json.string("security");
    json.end_array().end_object();
  }
  json.end_object();
}

void put_tool(syntax::JsonWriter& json, const RuleIndices& indices, const FindingsContext& context) {
  json.key("tool").begin_object();
  json.key("driver").begin_object();
  put(json, "name", "cascade", "version", context.version);
  json.key("rules").begin_array();
  for (const auto& [id, index] : indices) put_rule(json, context, id);
  json.end_array().end_object().end_object();
}

// What was left out is reported as a notification of the tool, because hosts show these.
void put_invocation(syntax::JsonWriter& json, std::size_t left_out) {
  json.key("invocations").begin_array().begin_object();
  put(json, "executionSuccessful", true);
  if (left_out != 0) {
    json.key("toolExecutionNotifications").begin_array().begin_object();
    put(json, "level", "warning");
    put_message(json, "message", std::to_string(left_out) + " less severe findings are left out");
    json.end_object().end_array();
  }
  json.end_object().end_array();
}

// A number of a region; 0: unknown, not written.
void put_coordinate(syntax::JsonWriter& json, std::string_view key, std::uint32_t value) {
  if (value != 0) put(json, key, value);
}

void put_artifact(syntax::JsonWriter& json, const std::string& path) {
  put_object(json, "artifactLocation", "uri", uri_of(path), "uriBaseId", "SRCROOT");
}

void put_region(syntax::JsonWriter& json, const char* key, const syntax::Position& from, const syntax::Position& to) {
  put_object(json, key, [&] {
    put_coordinate(json, "startLine", from.line);
    put_coordinate(json, "startColumn", from.column);
    put_coordinate(json, "endLine", to.line);
    put_coordinate(json, "endColumn", to.column);
  });
}

void put_physical(syntax::JsonWriter& json, const Location& at) {
  put_object(json, "physicalLocation", [&] {
    put_artifact(json, at.path);
    if (at.line != 0) put_region(json, "region", {at.line, at.column}, {at.end_line, at.end_column});
  });
}

void put_related(syntax::JsonWriter& json, const Diagnostic& finding) {
  json.key("relatedLocations").begin_array();
  for (std::size_t i = 0; i < finding.related.size(); ++i) {
    put(json.begin_object(), "id", i);
    put_physical(json, finding.related[i].at);
    if (!finding.related[i].message.empty()) put_message(json, "message", finding.related[i].message);
    json.end_object();
  }
  json.end_array();
}

void put_text_replacement(syntax::JsonWriter& json, const syntax::Position& from, const syntax::Position& to,
                          const std::string& inserted) {
  json.begin_object();
  put_region(json, "deletedRegion", from, to);
  put_object(json, "insertedContent", "text", inserted);
  json.end_object();
}

// For places without lines and columns: a byte order mark, and everything after the first ill-formed character.
void put_byte_replacement(syntax::JsonWriter& json, std::size_t begin, std::size_t end, const std::string& inserted) {
  json.begin_object();
  put_object(json, "deletedRegion", "byteOffset", begin, "byteLength", end - begin);
  put_object(json, "insertedContent", "binary", in_base64(inserted));
  json.end_object();
}

// A fix for an unreadable text has no regions and is left out.
void put_fix(syntax::JsonWriter& json, Texts& texts, const Fix& fix) {
  std::map<std::string, std::vector<const Edit*>> by_file;
  for (const Edit& edit : fix.edits) by_file[edit.path].push_back(&edit);
  for (const auto& [path, edits] : by_file)
    if (texts.of(path) == nullptr) return;
  json.key("fixes").begin_array().begin_object();
  put_message(json, "description", fix.safe ? "safe" : "unsafe: look at what it changes");
  json.key("artifactChanges").begin_array();
  for (auto& [path, edits] : by_file) {
    const std::string& whole = *texts.of(path);
    const std::size_t mark = whole.starts_with(unicode::byte_order_mark) ? unicode::byte_order_mark.size() : 0;
    const std::size_t valid = unicode::first_invalid(whole);
    syntax::LineCursor cursor(whole);
    json.begin_object();
    put_artifact(json, path);
    std::ranges::stable_sort(edits, [](const Edit* a, const Edit* b) { return a->offset < b->offset; });
    json.key("replacements").array(edits, [&](const Edit* edit) {
      const std::size_t begin = std::min<std::size_t>(edit->offset, whole.size());
      const std::size_t end = begin + std::min<std::size_t>(edit->length, whole.size() - begin);
      if (begin >= mark && end <= valid)
        put_text_replacement(json, cursor.at(begin), cursor.at(end), edit->text);
      else
        put_byte_replacement(json, begin, end, edit->text);
    });
    json.end_object();
  }
  json.end_array().end_object().end_array();
}

void put_result(syntax::JsonWriter& json, const RuleIndices& indices, Texts& texts, const Diagnostic& finding) {
  put(json.begin_object(), "ruleId", finding.rule, "ruleIndex", indices.at(finding.rule), "level",
      severity_levels.of(finding.severity));
  put_message(json, "message", finding.help.empty() ? finding.message : finding.message + " (" + finding.help + ")");
  json.key("locations").begin_array().begin_object();
  put_physical(json, finding.at);
  json.end_object().end_array();
  if (!finding.related.empty()) put_related(json, finding);
  put_object(json, "partialFingerprints", "cascade/v1", finding.fingerprint);
  if (finding.fix) put_fix(json, texts, *finding.fix);
  json.end_object();
}

// What was looked at, so that a report without findings can be told from one that checked nothing.
void put_properties(syntax::JsonWriter& json, const FindingsContext& context) {
  put_object(json, "properties", "profile", context.profile, "skills", context.checked.skills, "agents",
             context.checked.agents, "commands", context.checked.commands, "suppressed", context.suppressed,
             "baselined", context.baselined);
}

}  // namespace

std::string findings_sarif(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  const Chosen chosen = choose(found);
  const RuleIndices indices = number_rules(chosen);
  Texts texts(context);
  syntax::JsonWriter json;
  put(json.begin_object(), "$schema", "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0");
  json.key("runs").begin_array().begin_object();
  put_tool(json, indices, context);
  put(json, "columnKind", "unicodeCodePoints");
  put_object(json, "originalUriBaseIds", [&] {
    put_object(json, "SRCROOT", [&] { put_message(json, "description", "the folder that was validated"); });
  });
  put_invocation(json, found.size() - chosen.size());
  json.key("results").array(chosen, [&](const Diagnostic* finding) { put_result(json, indices, texts, *finding); });
  put_properties(json, context);
  json.end_object().end_array();
  return finish(json);
}

}  // namespace cascade::rendering
