// A finding is recognised again by its rule, its file and the text that it complains about, not by its line: so a
// baseline still fits after lines were added above it.
#include "manifest/problems.h"

#include "hash/content_hash.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cascade::manifest {

Diagnostic& Problems::add(std::string_view rule, Severity severity, Location at, std::string message, std::string help,
                          std::string_view offending) {
  std::string identity(rule);
  identity.append(1, '\0').append(path_).append(1, '\0').append(offending);
  Diagnostic finding;
  finding.severity = severity;
  finding.rule = rule;
  finding.at = std::move(at);
  finding.at.path = path_;
  finding.message = std::move(message);
  finding.help = std::move(help);
  finding.fingerprint = hash::to_hex(hash::hash64(identity));
  found_.push_back(std::move(finding));
  return found_.back();
}

void Problems::add(std::vector<Diagnostic> found) { std::move(found.begin(), found.end(), std::back_inserter(found_)); }

bool Problems::has(std::string_view rule) const {
  return std::any_of(found_.begin(), found_.end(), [&](const Diagnostic& finding) { return finding.rule == rule; });
}

std::vector<Diagnostic> Problems::take() {
  std::sort(found_.begin(), found_.end());
  return std::move(found_);
}

void report_fences(const syntax::Outline& outline, std::size_t body_size, std::uint32_t first_line, Problems& out) {
  const auto report = [&](const syntax::Block& block) {
    out.add("CT006", Severity::error, {"", first_line + block.line - 1, 1}, "code fence is never closed",
            "close it with a line of the same marks; until then all that follows is read as code", block.text);
  };
  for (std::size_t index : outline.recovered_fences) report(outline.blocks[index]);
  for (const syntax::Block& block : outline.blocks)
    if (block.kind == syntax::BlockKind::fence && !block.closed && block.end == body_size) report(block);
}

}  // namespace cascade::manifest
