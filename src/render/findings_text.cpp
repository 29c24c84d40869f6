#include "render/findings.h"

#include "render/excerpt.h"
#include "render/parts.h"
#include "unicode/utf8.h"
#include "validate/reading/secrets.h"

#include <optional>

namespace cascade::rendering {
namespace {

std::string heading(const Diagnostic& finding, Paint paint) {
  const std::string level = std::string(to_string(finding.severity)) + "[" + finding.rule + "]";
  std::string text = finding.severity == Severity::error     ? paint.red(level)
                     : finding.severity == Severity::warning ? paint.yellow(level)
                                                             : paint.blue(level);
  if (const RuleInfo* rule = find_rule(finding.rule)) text += " " + std::string(rule->slug);
  return text + ": " + unicode::displayable(finding.message) + "\n";
}

// The file read last, so that a file with many findings is read and cut into lines once.
class LastFile {
 public:
  explicit LastFile(const FindingsContext& context) : context_(context) {}

  const syntax::LineIndex& lines(const std::string& path) {
    if (!lines_ || path != path_) {
      path_ = path;
      text_ = validation::masked(context_.read ? context_.read(path).value_or(std::string()) : std::string());
      lines_.emplace(text_);
    }
    return *lines_;
  }

 private:
  const FindingsContext& context_;
  std::string path_, text_;
  std::optional<syntax::LineIndex> lines_;
};

}  // namespace

std::string findings_text(const std::vector<Diagnostic>& found, const FindingsContext& context, Paint paint) {
  std::string out;
  LastFile file(context);
  for (const Diagnostic& finding : found) {
    const std::string shown = excerpt(file.lines(finding.at.path), finding.at, paint);
    const std::string margin(std::to_string(finding.at.line).size() + 1, ' ');
    out += heading(finding, paint);
    out += " " + paint.blue("-->") + " " + place_of(finding.at) + "\n" + shown;
    for (const Related& other : finding.related)
      out += margin + " " + paint.blue("=") + " see " + place_of(other.at) +
             (other.message.empty() ? "" : ": " + unicode::displayable(other.message)) + "\n";
    if (!finding.help.empty())
      out += margin + " " + paint.blue("=") + " help: " + unicode::displayable(finding.help) + "\n";
    out += "\n";
  }
  return out + findings_summary(found, context) + "\n";
}

SeverityCounts count_severities(const std::vector<Diagnostic>& found) {
  SeverityCounts counts;
  for (const Diagnostic& finding : found) {
    if (finding.severity == Severity::error) ++counts.error;
    if (finding.severity == Severity::warning) ++counts.warning;
    if (finding.severity == Severity::info) ++counts.info;
  }
  return counts;
}

std::string findings_summary(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  const SeverityCounts counts = count_severities(found);
  std::string text;
  const auto add = [&](std::uint64_t count, std::string_view noun) {
    if (count != 0) text += (text.empty() ? "" : ", ") + count_of(count, noun);
  };
  add(counts.error, "error");
  add(counts.warning, "warning");
  if (counts.info != 0) text += (text.empty() ? "" : ", ") + std::to_string(counts.info) + " info";
  if (text.empty()) text = "no findings";
  if (context.suppressed != 0) text += " (" + std::to_string(context.suppressed) + " suppressed)";
  const Checked& checked = context.checked;
  text += " in " + count_of(checked.skills, "skill") + ", " + count_of(checked.agents, "agent") + ", " +
          count_of(checked.commands, "command");
  if (checked.hooks != 0) text += ", " + count_of(checked.hooks, "hook file");
  if (checked.plugins != 0) text += ", " + count_of(checked.plugins, "plugin file");
  return text;
}

Result<std::string> findings(const std::vector<Diagnostic>& found, const FindingsContext& context, Format format,
                             Paint paint) {
  switch (format) {
    case Format::text: return findings_text(found, context, paint);
    case Format::json: return findings_json(found, context);
    case Format::github: return findings_github(found, context);
    default: return no_format("validate", format);
  }
}

}  // namespace cascade::rendering
