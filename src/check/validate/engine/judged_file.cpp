// A file need not be judged again if its key (its content, its place, the policy and the program) is in the cache and
// every other file that its rules looked at then is as it was. A file whose content the caller expects is not even
// read. Each file has a slot of its own, so that threads share nothing that changes.
#include "validate/engine/judged_file.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "files/paths.h"
#include "registry/tables.h"
#include "secrets/find.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/engine/findings_cache.h"
#include "validate/reading/plugins.h"
#include "validate/rules/checks.h"

namespace cascade::validation {

// Stores the report of one file as bytes for the cache and reads it back. One template lists the fields for both
// directions, so writing and reading cannot disagree. Every length is checked against the bytes that are left, because
// a cache file may be damaged.
namespace {

class Out {
 public:
  template <typename T>
  void number(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  void text(std::string_view value) {
    number(value.size());
    bytes += value;
  }
  template <typename T, typename Each>
  void list(const std::vector<T>& values, const Each& each) {
    number(values.size());
    for (const T& value : values) each(value);
  }
  template <typename T, typename Each>
  void maybe(const std::optional<T>& value, const Each& each) {
    number(value.has_value());
    if (value) each(*value);
  }

  std::string bytes;
};

// A read that does not fit makes everything after it empty; `good` is asked once, at the end.
class In {
 public:
  explicit In(std::string_view given) : rest(given) {}

  template <typename T>
  void number(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (rest.size() < sizeof(value)) return fail();
    std::memcpy(&value, rest.data(), sizeof(value));
    rest.remove_prefix(sizeof(value));
  }
  void text(std::string& value) {
    std::size_t size = 0;
    number(size);
    if (size > rest.size()) return fail();
    value = rest.substr(0, size);
    rest.remove_prefix(size);
  }
  template <typename T, typename Each>
  void list(std::vector<T>& values, const Each& each) {
    std::size_t count = 0;
    number(count);
    if (count > rest.size()) return fail();  // an element has at least one byte
    values.resize(count);
    for (T& value : values) each(value);
  }
  template <typename T, typename Each>
  void maybe(std::optional<T>& value, const Each& each) {
    bool has = false;
    number(has);
    if (has) each(value.emplace());
  }
  void fail() {
    good = false;
    rest = {};
  }

  std::string_view rest;
  bool good = true;
};

template <typename Stream, typename... Values>
void fields(Stream& stream, Values&&... values) {
  const auto one = [&stream](auto& value) {
    using T = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>)
      stream.text(value);
    else if constexpr (std::is_same_v<T, Location>)
      fields(stream, value.path, value.line, value.column, value.end_line, value.end_column);
    else
      stream.number(value);
  };
  (one(values), ...);
}

template <typename Stream, typename T>
void looks_fields(Stream& stream, T& looks) {
  stream.list(looks, [&](auto& look) { fields(stream, look.at, look.path, look.answer); });
}

template <typename Stream, typename T>
void report_fields(Stream& stream, T& report) {
  stream.list(report.found, [&](auto& finding) {
    fields(stream, finding.severity, finding.rule, finding.at, finding.message, finding.help, finding.fingerprint);
    stream.list(finding.related, [&](auto& other) { fields(stream, other.at, other.message); });
    stream.maybe(finding.fix, [&](auto& fix) {
      fields(stream, fix.safe);
      stream.list(fix.edits, [&](auto& edit) { fields(stream, edit.path, edit.offset, edit.length, edit.text); });
    });
  });
  stream.list(report.suppressions, [&](auto& one) { fields(stream, one.at, one.rule, one.first, one.last); });
  fields(stream, report.bytes);
  stream.maybe(report.facts, [&](auto& facts) {
    fields(stream, facts.role, facts.description, facts.alias, facts.listed, facts.for_model, facts.for_user,
           facts.name_at, facts.description_at, facts.closed_at, facts.names_itself, facts.itself_at);
    stream.list(facts.line_hashes, [&](auto& value) { fields(stream, value); });
    stream.list(facts.line_numbers, [&](auto& value) { fields(stream, value); });
  });
}

}  // namespace

std::string bytes_of(const FileReport& report) {
  Out out;
  looks_fields(out, report.looks);
  report_fields(out, report);
  return std::move(out.bytes);
}

std::optional<Looks> take_looks(std::string_view& bytes) {
  In in(bytes);
  Looks looks;
  looks_fields(in, looks);
  bytes = in.rest;
  if (!in.good) return std::nullopt;
  return looks;
}

// `rest` must be used up: bytes behind the last field mean that it was written by another version.
std::optional<FileReport> report_of(std::string_view rest) {
  In in(rest);
  FileReport report;
  report_fields(in, report);
  if (!in.good || !in.rest.empty()) return std::nullopt;
  return report;
}

// A key names everything that the rules read without asking the tree; what they ask it for is noted beside the result
// (Looks). Texts go in with their lengths, so that no two lists of parts give the same bytes. If a rule starts to read
// something new, it belongs here or in Looks: otherwise the cache gives results of yesterday.
namespace {

template <typename Texts>
void add_texts(Out& out, const Texts& texts) {
  out.number(texts.size());
  for (const std::string& text : texts) out.text(text);
}

void add_policy(Out& out, const RulePolicy& policy) {
  fields(out, policy.profile, policy.rules.size());
  for (const RuleSetting& setting : policy.rules) fields(out, setting.rule, setting.severity);
  fields(out, policy.limits.listing_budget, policy.limits.bundle_budget, policy.limits.max_agents_per_skill,
         policy.limits.max_depth);
  for (const auto* known : {&policy.known.tools, &policy.known.mcp_servers, &policy.known.models, &policy.known.agents,
                            &policy.known.tiers})
    add_texts(out, *known);
}

// A key of one file: its name, the hash128() of its text, its place, and the name of its manifest or of its skill's.
hash::Hash128 file_key(const hash::Hash128& all, const Context& context, const std::string& path,
                       const hash::Hash128& content, const Place& place) {
  Out out;
  fields(out, all, path, content, place.role, place.base, place.in_plugin, place.skill.has_value(),
         place.skill.value_or(std::string_view()), place.manifest.has_value());
  std::optional<ManifestId> id = place.manifest;
  if (!id && place.skill) id = context.layout.manifest_at(files::join(*place.skill, "SKILL.md"));
  if (id) {
    const ManifestView manifest = context.registry[*id];
    fields(out, manifest.kind, manifest.name, manifest.title, manifest.plugin, manifest.description, manifest.document);
  }
  return hash::hash128(out.bytes);
}

}  // namespace

hash::Hash128 key_of_all(const Context& context, std::string_view program) {
  Out out;
  out.text(program);
  add_policy(out, context.policy());
  for (const PluginFacts& plugin : context.facts.plugins) {
    fields(out, plugin.base, plugin.name);
    for (const auto* paths : {&plugin.listed, &plugin.hook_files, &plugin.replaced}) add_texts(out, *paths);
  }
  out.number(context.facts.servers.size());
  for (const ServerFacts& servers : context.facts.servers) {
    out.text(servers.base);
    add_texts(out, servers.servers);
  }
  add_texts(out, context.facts.vendors);
  out.number(context.facts.grouped_skills);
  return hash::hash128(out.bytes);
}

hash::Hash128 key_of_tree(const hash::Hash128& all, const Context& context, const std::vector<JudgedFile>& files) {
  Out out;
  fields(out, all);
  add_texts(out, context.tree.files());
  for (const JudgedFile& file : files) fields(out, file.result);
  const hash::Hash128 registry = hash::hash128(RegistryTables::bytes(context.registry));
  fields(out, registry, context.policy().ignore.size());
  for (const Ignore& ignore : context.policy().ignore) {
    out.text(ignore.path);
    add_texts(out, ignore.rules);
  }
  for (const Diagnostic& known : context.request.known)
    fields(out, known.rule, known.at.path, known.at.line, known.message, known.help, known.severity);
  return hash::hash128(out.bytes);
}

// A suppression is a comment: in the body an HTML comment, which readers do not see, in front matter a YAML comment. It
// holds for its line and the next. One that covers nothing is reported, so that old comments do not pile up and hide
// what is found later; but only if its rule runs in this profile.

namespace {

constexpr std::string_view word = "cascade-ignore", whole_file = "-file";
constexpr std::size_t most = 1000;  // per file

// The names after the word, up to "--" or the end of the comment.
std::vector<std::string> rule_names(std::string_view text) {
  std::vector<std::string> names;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t,"), text.size()));
    std::size_t end = 0;
    while (end < text.size() && (letters::is_letter_or_digit(text[end]) || text[end] == '-')) ++end;
    const std::string_view name = text.substr(0, end);
    if (name.empty() || name.starts_with("--")) return names;
    names.emplace_back(name);
    text.remove_prefix(end);
  }
}

// Adds what the comment whose word stands at `at` silences; nothing where it is no comment.
void add_suppressions(const Document& document, std::size_t at, std::vector<Suppression>& found) {
  const std::string_view text = document.text();
  const std::uint32_t line = document.line_of(at);
  const std::size_t line_begin = document.lines().start(line);
  const std::string_view before = letters::trim(text.substr(line_begin, at - line_begin));
  std::size_t end = line_begin + document.lines().line(line).size();
  if (at < document.frontmatter().body) {
    if (!before.ends_with('#')) return;
  } else {
    if (!before.ends_with("<!--") || document.body().region_at(at) != Region::comment) return;
    end = std::min(text.find("-->", at), text.size());
  }
  std::size_t names = at + word.size();
  const bool file = text.substr(names).starts_with(whole_file);
  if (file) names += whole_file.size();
  const std::uint32_t last = document.line_of(end) + 1;
  for (std::string& rule : rule_names(text.substr(names, end - names))) {
    if (found.size() == most) return;
    found.push_back({document.at(at, word.size()), std::move(rule), file ? 0 : line, file ? 0 : last});
  }
}

// Markdown comments <!-- cascade-ignore CT001, CT002 -- reason --> and front matter comments # cascade-ignore FM007.
// The second half of the word is a trigger word, so every file was searched for it already.
std::vector<Suppression> find_suppressions(const Document& document) {
  constexpr std::size_t first_half = 8;
  std::vector<Suppression> found;
  if (!is_markdown(document.role())) return found;
  for (const std::size_t ignore : document.triggers()[Trigger::drop])
    if (ignore >= first_half && document.text().substr(ignore - first_half, word.size()) == word)
      add_suppressions(document, ignore - first_half, found);
  return found;
}

// A text that attacks a reader would also silence the rule that finds it; and what grants rights is the user's to
// accept.
bool may_be_suppressed(std::string_view rule) noexcept {
  return !rule.starts_with("SEC") && !rule.starts_with("SU") && rule != "TL005" && rule != "TL006";
}

bool covers(const Suppression& suppression, const Diagnostic& finding) {
  const RuleInfo* rule = find_rule(finding.rule);
  if (rule == nullptr || !names_rule(suppression.rule, *rule) || !may_be_suppressed(finding.rule)) return false;
  return suppression.first == 0 || (finding.at.line >= suppression.first && finding.at.line <= suppression.last);
}

// Whether at least one rule it names runs and may be suppressed: only then can it be called unused.
bool could_matter(const Suppression& suppression, const Findings& findings) {
  return std::ranges::any_of(rule_table(), [&](const RuleInfo& rule) {
    return names_rule(suppression.rule, rule) && may_be_suppressed(rule.id) && findings.runs(rule.id);
  });
}

bool is_refused(const Suppression& suppression) {
  const RuleInfo* rule = find_rule(suppression.rule);
  return rule != nullptr ? !may_be_suppressed(rule->id) : suppression.rule == "SEC";
}

}  // namespace

// O(findings * suppressions) of one file; both are limited.
std::size_t suppress(const std::vector<Suppression>& suppressions, std::vector<Diagnostic>& found, Findings& findings) {
  std::vector<bool> used(suppressions.size(), false);
  const auto is_covered = [&](const Diagnostic& finding) {
    bool covered = false;
    for (std::size_t i = 0; i < suppressions.size(); ++i)
      if (covers(suppressions[i], finding)) covered = used[i] = true;
    return covered;
  };
  const std::size_t removed = std::erase_if(found, is_covered);
  for (std::size_t i = 0; i < suppressions.size(); ++i) {
    const Suppression& one = suppressions[i];
    if (is_refused(one))
      findings.add("SU002", one.at, "a file cannot silence " + one.rule + " for itself",
                   "put it under ignore in cascade.yaml, with a reason");
    else if (!is_rule_name(one.rule))
      findings.add("SU001", one.at, "there is no rule \"" + unicode::displayable(one.rule) + "\"",
                   "see cascade validate --list-rules");
    else if (!used[i] && could_matter(one, findings))
      findings.add("SU001", one.at, "this suppresses nothing of " + one.rule, "remove the comment");
  }
  return removed;
}

namespace {

// Returns the line; for a security finding in a text the whole paragraph, so that new text around an accepted
// finding makes it new.
std::string_view offending_text(const Document& document, const Diagnostic& finding) {
  const std::string_view line = document.lines().line(finding.at.line);
  const std::size_t at = document.lines().start(finding.at.line);
  if (finding.rule.starts_with("SEC") && is_markdown(document.role()) && at >= document.frontmatter().body) {
    const Range block = document.body().block_at(at);
    if (block.end > block.begin) return letters::trim(document.body().slice(block));
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
    for (FileCheck* const check : usual_file_checks) check(context, document, findings);
  for (FileCheck* const check : file_checks) check(context, document, findings);
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
  findings.add("BD007", {path, 0, 0, 0, 0}, "the file is " + error.message + ", too large to be checked", "");
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
  if (!looks || !std::ranges::all_of(*looks, is_same)) return false;
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
