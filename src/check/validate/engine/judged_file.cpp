// A file need not be judged again if its key (its content, its place, the policy and the program) is in the cache and
// every other file that its rules looked at then is as it was. A file whose content the caller expects is not even
// read. Each file has a slot of its own, so that threads share nothing that changes.
#include "validate/engine/judged_file.h"

#include <algorithm>

#include "secrets/find.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/engine/file_key.h"
#include "validate/engine/findings_cache.h"
#include "validate/reading/json_values.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

// Returns the line; for a security finding in a text the whole paragraph, so that new text around an accepted
// finding makes it new.
std::string_view offending_text(const Document& document, const Diagnostic& finding) {
  const std::string_view line = document.lines().line(finding.at.line);
  const std::size_t at = document.lines().start(finding.at.line);
  if (finding.rule.compare(0, 3, "SEC") == 0 && is_markdown(document.role()) && at >= document.frontmatter().body) {
    const Range block = document.body().block_at(at);
    if (block.end > block.begin) return letters::trim(document.text().substr(block.begin, block.end - block.begin));
  }
  return letters::trim(line.substr(0, 4096));
}

// A fingerprint covers the rule, the file and the line's text, so that edits above do not change it.
void identify(const Document& document, std::vector<Diagnostic>& found) {
  for (Diagnostic& finding : found) {
    std::string identity = finding.rule + '\0' + finding.at.path + '\0';
    if (finding.at.line != 0 && finding.at.path == document.path()) identity += offending_text(document, finding);
    finding.fingerprint = hash::to_hex(hash::hash64(identity));
  }
}

// In settings a line says little: the path of the key is what somebody looks for.
void name_keys(const Document& document, std::vector<Diagnostic>& found) {
  if (!is_json(document.role())) return;
  for (Diagnostic& finding : found) {
    if (finding.at.column == 0 || finding.at.path != document.path()) continue;
    const std::string path = path_at(document.data(), {finding.at.line, finding.at.column});
    if (!path.empty()) finding.message += " (" + path + ")";
  }
}

FileReport judge(const Context& all, const Switches& switches, const std::string& path, const std::string& text,
                 Place place) {
  FileReport report;
  const FileTree tree = all.request.cache ? all.tree.noting(report.looks) : all.tree;
  const Context context{all.request, all.registry, tree, all.facts, all.layout};
  Findings findings(switches);
  place.role = intended_role(path, place, text).value_or(place.role);
  report.skill = place.skill.value_or(std::string_view());
  report.bytes = text.size();
  std::optional<ManifestView> manifest;
  if (place.manifest) manifest = context.registry[*place.manifest];
  const Document document(path, text, place, manifest);
  if (!place.other)
    for (const FileCheck check : usual_file_checks()) check(context, document, findings);
  for (const FileCheck check : file_checks()) check(context, document, findings);
  report.found = findings.take();
  identify(document, report.found);
  name_keys(document, report.found);
  for (Diagnostic& finding : report.found) finding = shown(std::move(finding));
  report.suppressions = find_suppressions(document);
  if (manifest && is_manifest(place.role)) report.facts = facts_of(document, switches.runs("CT004"));
  return report;
}

// BD007 for a text that is too large to be read, if it is more than an attachment.
FileReport judge_unread(const Switches& switches, const std::string& path, const Error& error, const Place& place) {
  FileReport report;
  if (error.code != ErrorCode::unsupported || (!place.skill && place.role == Role::text)) return report;
  Findings findings(switches);
  Location at;
  at.path = path;
  findings.add("BD007", at, "the file is " + error.message + ", too large to be checked", "");
  report.found = findings.take();
  for (Diagnostic& finding : report.found) finding = shown(std::move(finding));
  return report;
}

// Whether the file with this key was judged before, with the same result as now.
bool find_known(const Context& context, JudgedFile& file) {
  auto bytes = context.request.cache->find(file.key);
  if (!bytes) return false;
  file.result = hash::hash128(*bytes);
  const auto looks = take_looks(*bytes);
  const auto is_same = [&](const Look& look) { return context.tree.is_as_noted(look); };
  if (!looks || !std::all_of(looks->begin(), looks->end(), is_same)) return false;
  file.known = *bytes;
  return true;
}

void judge_file(const Context& context, const Switches& switches, const hash::Hash128& all, const std::string& path,
                JudgedFile& file) {
  FindingsCache* const cache = context.request.cache.get();
  file.place = context.layout.place_of(path);
  if (const auto expected = cache != nullptr ? cache->expected(path) : std::nullopt) {
    file.key = file_key(all, context, path, *expected, file.place);
    if (find_known(context, file)) return;
  }
  const auto text = context.request.read(path);
  if (!text) {
    file.report = judge_unread(switches, path, text.error(), file.place);
    return;
  }
  if (cache != nullptr) {
    file.content = hash::hash128(*text);
    file.key = file_key(all, context, path, file.content, file.place);
    if (find_known(context, file)) return;
  }
  file.report = judge(context, switches, path, *text, file.place);
  if (cache == nullptr) return;
  file.made = bytes_of(file.report);
  file.result = hash::hash128(file.made);
}

}  // namespace

// `each` may run the work on several threads; the order of the results is that of the files.
std::vector<JudgedFile> judge_files(const Context& context, const Switches& switches, const hash::Hash128& all) {
  const std::vector<std::string>& paths = context.tree.files();
  std::vector<JudgedFile> files(paths.size());
  const auto work = [&](std::size_t i) { judge_file(context, switches, all, paths[i], files[i]); };
  if (context.request.each)
    context.request.each(files.size(), work);
  else
    for (std::size_t i = 0; i < files.size(); ++i) work(i);
  return files;
}

// After all threads have ended: only here does the cache change.
void keep_results(const Context& context, std::vector<JudgedFile>& files) {
  FindingsCache& cache = *context.request.cache;
  for (std::size_t i = 0; i < files.size(); ++i) {
    JudgedFile& file = files[i];
    if (!file.made.empty())
      cache.keep(file.key, std::move(file.made));
    else if (file.key != hash::Hash128{})
      cache.keep(file.key);
    if (file.content != hash::Hash128{}) cache.note(context.tree.files()[i], file.content);
  }
}

void read_known_reports(const Context& context, const Switches& switches, std::vector<JudgedFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& path = context.tree.files()[i];
    JudgedFile& file = files[i];
    if (file.known.data() == nullptr) continue;
    auto known = report_of(file.known);
    if (!known) {  // bytes that are not ours
      if (const auto text = context.request.read(path)) file.report = judge(context, switches, path, *text, file.place);
      continue;
    }
    file.report = *std::move(known);
    file.report.skill = file.place.skill.value_or(std::string_view());
    std::optional<ManifestFacts>& facts = file.report.facts;
    if (!file.place.manifest) facts.reset();
    if (!facts) continue;
    facts->id = *file.place.manifest;
    facts->base = file.place.base;
    facts->in_plugin = file.place.in_plugin;
  }
}

Diagnostic shown(Diagnostic finding) {
  finding.message = unicode::displayable(secrets::masked(finding.message));
  finding.help = unicode::displayable(secrets::masked(finding.help));
  return finding;
}

}  // namespace cascade::validation
