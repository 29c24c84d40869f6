// A suppression is a comment: in the body an HTML comment, which readers do not see, in front matter a YAML comment. It
// holds for its line and the next. One that covers nothing is reported, so that old comments do not pile up and hide
// what is found later; but only if its rule runs in this profile.
#include "validate/engine/suppression.h"

#include <algorithm>

#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/rules/table.h"

namespace cascade::validation {
namespace {

constexpr std::string_view word = "cascade-ignore", whole_file = "-file";
constexpr std::size_t most = 1000;  // per file

bool is_rule_letter(char c) { return letters::is_letter(c) || letters::is_digit(c) || c == '-'; }

// The names after the word, up to "--" or the end of the comment.
std::vector<std::string> rule_names(std::string_view text) {
  std::vector<std::string> names;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && (letters::is_blank(text[at]) || text[at] == ',')) ++at;
    std::size_t end = at;
    while (end < text.size() && is_rule_letter(text[end])) ++end;
    const std::string_view name = text.substr(at, end - at);
    if (name.empty() || name.substr(0, 2) == "--") break;
    names.emplace_back(name);
    at = end;
  }
  return names;
}

class SuppressionScan {
 public:
  explicit SuppressionScan(const Document& document) : document_(document), text_(document.text()) {}

  std::vector<Suppression> run() {
    // The second half of the word is a trigger word, so every file was searched for it already.
    for (const std::size_t ignore : document_.triggers()[Trigger::drop]) {
      constexpr std::size_t first_half = 8;
      if (ignore >= first_half && text_.substr(ignore - first_half, word.size()) == word) one(ignore - first_half);
    }
    return std::move(found_);
  }

 private:
  void one(std::size_t at) {
    const std::uint32_t line = document_.line_of(at);
    const std::size_t line_begin = document_.lines().start(line);
    const std::string_view before = letters::trim(text_.substr(line_begin, at - line_begin));
    std::size_t end = line_begin + document_.lines().line(line).size();
    if (at < document_.frontmatter().body) {
      if (before.empty() || before.back() != '#') return;
    } else {
      if (before.size() < 4 || before.substr(before.size() - 4) != "<!--") return;
      if (document_.body().region_at(at) != Region::comment) return;
      end = std::min(text_.find("-->", at), text_.size());
    }
    std::size_t names = at + word.size();
    const bool file = text_.substr(names, whole_file.size()) == whole_file;
    if (file) names += whole_file.size();
    const std::uint32_t last = document_.line_of(end) + 1;
    for (std::string& rule : rule_names(text_.substr(names, end - names))) {
      if (found_.size() == most) return;
      found_.push_back({document_.at(at, word.size()), std::move(rule), file ? 0 : line, file ? 0 : last});
    }
  }

  const Document& document_;
  std::string_view text_;
  std::vector<Suppression> found_;
};

bool covers(const Suppression& suppression, const Diagnostic& finding) {
  const RuleInfo* rule = find_rule(finding.rule);
  if (rule == nullptr || !names_rule(suppression.rule, *rule) || !may_be_suppressed(finding.rule)) return false;
  return suppression.first == 0 || (finding.at.line >= suppression.first && finding.at.line <= suppression.last);
}

// Whether at least one rule it names runs and may be suppressed: only then can it be called unused.
bool could_matter(const Suppression& suppression, const Findings& findings) {
  for (const RuleInfo& rule : rule_table())
    if (names_rule(suppression.rule, rule) && may_be_suppressed(rule.id) && findings.runs(rule.id)) return true;
  return false;
}

bool is_known(const Suppression& suppression) { return is_rule_name(suppression.rule); }

bool is_refused(const Suppression& suppression) {
  const RuleInfo* rule = find_rule(suppression.rule);
  return rule != nullptr ? !may_be_suppressed(rule->id) : suppression.rule == "SEC";
}

}  // namespace

// A text that attacks a reader would also silence the rule that finds it; and what grants rights is the user's to
// accept.
bool may_be_suppressed(std::string_view rule) noexcept {
  return rule.substr(0, 3) != "SEC" && rule.substr(0, 2) != "SU" && rule != "TL005" && rule != "TL006";
}

std::vector<Suppression> find_suppressions(const Document& document) {
  if (!is_markdown(document.role())) return {};
  return SuppressionScan(document).run();
}

// O(findings * suppressions) of one file; both are limited.
std::size_t suppress(const std::vector<Suppression>& suppressions, std::vector<Diagnostic>& found, Findings& findings) {
  std::vector<bool> used(suppressions.size(), false);
  const auto is_covered = [&](const Diagnostic& finding) {
    bool covered = false;
    for (std::size_t i = 0; i < suppressions.size(); ++i)
      if (covers(suppressions[i], finding)) covered = used[i] = true;
    return covered;
  };
  const std::size_t before = found.size();
  found.erase(std::remove_if(found.begin(), found.end(), is_covered), found.end());
  for (std::size_t i = 0; i < suppressions.size(); ++i) {
    const Suppression& one = suppressions[i];
    if (is_refused(one))
      findings.add("SU002", one.at, "a file cannot silence " + one.rule + " for itself",
                   "put it under ignore in cascade.yaml, with a reason");
    else if (!is_known(one))
      findings.add("SU001", one.at, "there is no rule \"" + unicode::displayable(one.rule) + "\"",
                   "see cascade validate --list-rules");
    else if (!used[i] && could_matter(one, findings))
      findings.add("SU001", one.at, "this suppresses nothing of " + one.rule, "remove the comment");
  }
  return before - found.size();
}

}  // namespace cascade::validation
