// Writes SARIF 2.1.0 (OASIS) as code hosts read it: paths below the base SRCROOT, columns in code points, and
// fingerprints that do not depend on line numbers.
#include "render/findings.h"

#include "render/parts.h"
#include "syntax/lines.h"
#include "text/ascii.h"
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

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "note";
    case Severity::off: break;
  }
  return "none";
}

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

class Writer {
 public:
  Writer(const std::vector<Diagnostic>& found, const FindingsContext& context) : found_(found), context_(context) {}

  std::string write() {
    choose();
    json_.begin_object();
    json_.key("$schema").string("https://json.schemastore.org/sarif-2.1.0.json");
    json_.key("version").string("2.1.0");
    json_.key("runs").begin_array().begin_object();
    put_tool();
    json_.key("columnKind").string("unicodeCodePoints");
    json_.key("originalUriBaseIds").begin_object();
    json_.key("SRCROOT").begin_object();
    text("description", "the folder that was validated");
    json_.end_object().end_object();
    put_invocation();
    json_.key("results").begin_array();
    for (const Diagnostic* finding : chosen_) put_result(*finding);
    json_.end_array();
    put_properties();
    json_.end_object().end_array();
    json_.end_object();
    return json_.take() + "\n";
  }

 private:
  void text(std::string_view key, std::string_view value) {
    json_.key(key).begin_object();
    json_.key("text").string(value);
    json_.end_object();
  }

  void choose() {
    for (const Diagnostic& finding : found_) chosen_.push_back(&finding);
    if (chosen_.size() > most_results) {
      std::stable_sort(chosen_.begin(), chosen_.end(),
                       [](const Diagnostic* a, const Diagnostic* b) { return a->severity > b->severity; });
      chosen_.resize(most_results);
    }
    for (const Diagnostic* finding : chosen_) indices_.emplace(finding->rule, 0);
    std::size_t next = 0;
    for (auto& [rule, index] : indices_) index = next++;
  }

  void put_tool() {
    json_.key("tool").begin_object();
    json_.key("driver").begin_object();
    json_.key("name").string("cascade");
    json_.key("version").string(context_.version);
    json_.key("rules").begin_array();
    for (const auto& [id, index] : indices_) put_rule(id);
    json_.end_array().end_object().end_object();
  }

  void put_rule(const std::string& id) {
    const RuleInfo* rule = find_rule(id);
    json_.begin_object();
    json_.key("id").string(id);
    if (rule != nullptr) {
      const Severity severity = rule->severity(parse_profile(context_.profile).value_or(Profile::claude_code));
      json_.key("name").string(rule->slug);
      text("shortDescription", rule->slug);
      text("fullDescription", rule->condition);
      json_.key("help").begin_object();
      json_.key("text").string(std::string(rule->condition) + " " + std::string(rule->reason));
      json_.key("markdown")
          .string(std::string(rule->condition) + "\n\n*Why:* " + std::string(rule->reason) + "\n\n*Bad:* `" +
                  std::string(rule->bad) + "`  \n*Good:* `" + std::string(rule->good) + "`");
      json_.end_object();
      json_.key("defaultConfiguration").begin_object();
      json_.key("level").string(level_of(severity));
      json_.end_object();
      json_.key("properties").begin_object();
      json_.key("tags").begin_array();
      json_.string(id.substr(0, id.find_first_of("0123456789")));
      if (id.compare(0, 3, "SEC") == 0) json_.string("security");
      json_.end_array().end_object();
    }
    json_.end_object();
  }

  void put_invocation() {
    json_.key("invocations").begin_array().begin_object();
    json_.key("executionSuccessful").boolean(true);
    if (chosen_.size() < found_.size()) {
      json_.key("toolExecutionNotifications").begin_array().begin_object();
      json_.key("level").string("warning");
      text("message", std::to_string(found_.size() - chosen_.size()) + " less severe findings are left out");
      json_.end_object().end_array();
    }
    json_.end_object().end_array();
  }

  void number(std::string_view key, std::uint32_t value) {
    if (value != 0) json_.key(key).number(value);
  }

  void put_artifact(const std::string& path) {
    json_.key("artifactLocation").begin_object();
    json_.key("uri").string(uri_of(path));
    json_.key("uriBaseId").string("SRCROOT");
    json_.end_object();
  }

  void put_physical(const Location& at) {
    json_.key("physicalLocation").begin_object();
    put_artifact(at.path);
    if (at.line != 0) {
      json_.key("region").begin_object();
      number("startLine", at.line);
      number("startColumn", at.column);
      number("endLine", at.end_line);
      number("endColumn", at.end_column);
      json_.end_object();
    }
    json_.end_object();
  }

  void put_result(const Diagnostic& finding) {
    json_.begin_object();
    json_.key("ruleId").string(finding.rule);
    json_.key("ruleIndex").number(indices_[finding.rule]);
    json_.key("level").string(level_of(finding.severity));
    text("message", finding.help.empty() ? finding.message : finding.message + " (" + finding.help + ")");
    json_.key("locations").begin_array().begin_object();
    put_physical(finding.at);
    json_.end_object().end_array();
    if (!finding.related.empty()) put_related(finding);
    json_.key("partialFingerprints").begin_object();
    json_.key("cascade/v1").string(finding.fingerprint);
    json_.end_object();
    if (finding.fix) put_fix(*finding.fix);
    json_.end_object();
  }

  void put_related(const Diagnostic& finding) {
    json_.key("relatedLocations").begin_array();
    for (std::size_t i = 0; i < finding.related.size(); ++i) {
      json_.begin_object();
      json_.key("id").number(i);
      put_physical(finding.related[i].at);
      if (!finding.related[i].message.empty()) text("message", finding.related[i].message);
      json_.end_object();
    }
    json_.end_array();
  }

  // A fix for an unreadable text has no regions and is left out.
  void put_fix(const Fix& fix) {
    std::map<std::string, std::vector<const Edit*>> by_file;
    for (const Edit& edit : fix.edits) by_file[edit.path].push_back(&edit);
    for (const auto& [path, edits] : by_file)
      if (text_of(path) == nullptr) return;
    json_.key("fixes").begin_array().begin_object();
    text("description", fix.safe ? "safe" : "unsafe: look at what it changes");
    json_.key("artifactChanges").begin_array();
    for (auto& [path, edits] : by_file) {
      const std::string& whole = *text_of(path);
      const std::size_t mark = whole.starts_with(unicode::byte_order_mark) ? unicode::byte_order_mark.size() : 0;
      const std::size_t valid = unicode::first_invalid(whole);
      syntax::LineCursor cursor(whole);
      json_.begin_object();
      put_artifact(path);
      std::stable_sort(edits.begin(), edits.end(), [](const Edit* a, const Edit* b) { return a->offset < b->offset; });
      json_.key("replacements").begin_array();
      for (const Edit* edit : edits) {
        const std::size_t begin = std::min<std::size_t>(edit->offset, whole.size());
        const std::size_t end = begin + std::min<std::size_t>(edit->length, whole.size() - begin);
        if (begin >= mark && end <= valid)
          put_text_replacement(cursor.at(begin), cursor.at(end), edit->text);
        else
          put_byte_replacement(begin, end, edit->text);
      }
      json_.end_array().end_object();
    }
    json_.end_array().end_object().end_array();
  }

  void put_text_replacement(const syntax::Position& from, const syntax::Position& to, const std::string& inserted) {
    json_.begin_object();
    json_.key("deletedRegion").begin_object();
    number("startLine", from.line);
    number("startColumn", from.column);
    number("endLine", to.line);
    number("endColumn", to.column);
    json_.end_object();
    json_.key("insertedContent").begin_object();
    json_.key("text").string(inserted);
    json_.end_object().end_object();
  }

  // For places without lines and columns: a byte order mark, and everything after the first ill-formed character.
  void put_byte_replacement(std::size_t begin, std::size_t end, const std::string& inserted) {
    json_.begin_object();
    json_.key("deletedRegion").begin_object();
    json_.key("byteOffset").number(begin).key("byteLength").number(end - begin);
    json_.end_object();
    json_.key("insertedContent").begin_object();
    json_.key("binary").string(in_base64(inserted));
    json_.end_object().end_object();
  }

  // The text of a file, read once; null if it cannot be read.
  const std::string* text_of(const std::string& path) {
    const auto [at, is_new] = texts_.try_emplace(path);
    if (is_new && context_.read)
      if (auto read = context_.read(path)) at->second = *std::move(read);
    return at->second ? &*at->second : nullptr;
  }

  void put_properties() {
    json_.key("properties").begin_object();
    json_.key("profile").string(context_.profile);
    json_.key("skills").number(context_.checked.skills);
    json_.key("agents").number(context_.checked.agents);
    json_.key("commands").number(context_.checked.commands);
    json_.key("suppressed").number(context_.suppressed);
    json_.key("baselined").number(context_.baselined);
    json_.end_object();
  }

  const std::vector<Diagnostic>& found_;
  const FindingsContext& context_;
  syntax::JsonWriter json_;
  std::vector<const Diagnostic*> chosen_;
  std::map<std::string, std::size_t> indices_;  // of the rules with findings
  std::map<std::string, std::optional<std::string>> texts_;
};

}  // namespace

std::string findings_sarif(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  return Writer(found, context).write();
}

}  // namespace cascade::rendering
