// Collects without judging: hooks of skills with their states, files that ask for permission or have it, and what the
// client itself would run. `why` is set where something can never run, so that the user is not asked to allow it.
#include "trust/trust_report.h"

#include <algorithm>
#include <charconv>

#include "client/dialect.h"
#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "manifest/skill_hooks.h"
#include "policy/policy.h"
#include "render/parts.h"
#include "render/session.h"
#include "rights/rights.h"
#include "secrets/find.h"
#include "syntax/put.h"
#include "text/lines.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

using rendering::HookLine, rendering::TrustReport;

std::string reason(const Error& error) { return error.message + (error.path.empty() ? "" : ": " + error.path); }

void add_files(Call& call, const trust::Allowed& allowed, TrustReport& report) {
  const files::DiskTree tree;
  const auto policy =
      policy::read_policy(tree, call.environment().users_configuration, tree.real_path(".").value_or("/"));
  if (policy && !policy->asleep.empty()) {
    const std::vector<std::string> known = allowed.paths();
    const bool changed = std::ranges::find(known, policy->asleep) != known.end();
    report.files.push_back({policy->asleep, "what it would run or contact", changed ? "changed" : "asleep"});
  }
  for (const std::string& path : allowed.paths())
    if (!policy || path != policy->asleep)
      report.files.push_back({path, "allowed by the user", allowed.has(tree, path) ? "allowed" : "changed"});
}

void add_client_hooks(const Workspace& workspace, const Registry& registry, TrustReport& report) {
  const std::vector<std::string> files = workspace.files();
  const difference::LibraryState state{registry, files,
                                       [&](const std::string& path) { return workspace.read_file(path); }};
  for (const difference::Right& right : difference::rights_of(state))
    if (right.kind == difference::RightKind::hook && right.through.empty())
      report.client_hooks.push_back({right.holder, right.path, right.what});
}

std::vector<HookLine> declared_lines(const Registry& registry, ManifestId id, const std::string& path,
                                     const trust::Allowed& allowed) {
  const auto declared = registry.field(id, manifest::hooks_key);
  if (!declared) return {};
  const Symbol symbol = symbol_of(registry[id]);
  const std::string item = to_string(symbol);
  const manifest::SkillHooks read = manifest::read_skill_hooks(*declared);
  std::optional<Result<trust::SkillFolder>> folder;  // read once, if a program of it would run
  std::vector<HookLine> lines;
  for (const manifest::SkillHook& hook : read.hooks) {
    HookLine& line = lines.emplace_back(HookLine{item, path, hook.event, hook.matcher, hook.what(), "text", {}});
    if (!hook.runs()) continue;
    if (!folder) folder = trust::read_skill_folder(symbol, path);
    const auto checked = *folder ? trust::check_program(**folder, hook.words.front()) : Result<void>();
    if (*folder) line.state = to_string(allowed.hooks((*folder)->manifest_path(), (*folder)->hash));
    if (*folder && checked) continue;
    line.state = "refused";
    line.why = *folder ? checked.error().message : reason(folder->error());
  }
  for (const manifest::SkillHookFault& fault : read.faults)
    lines.push_back({item, path, {}, {}, fault.entry, "refused", fault.message});
  return lines;
}

// The client runs these when it loads the manifest, and asks `cascade guard` before each (PreSkillShellCommand).
void add_commands_in_text(const ManifestView& view, const std::string& path, const trust::Allowed& allowed,
                          std::vector<HookLine>& lines) {
  if (view.document || (view.kind != Kind::skill && view.kind != Kind::command)) return;
  const files::DiskTree tree;
  constexpr std::uint64_t most_bytes = 4 << 20;
  const std::string real = tree.real_path(path).value_or(path);
  const auto text = tree.read(real, most_bytes);
  if (!text || !client::usual_dialect().runs_commands(*text)) return;
  const trust::Consent consent = trust::consent_to(symbol_of(view), real, allowed);
  const std::string state(consent.refused ? "refused" : to_string(consent.state));
  lines.push_back({to_string(symbol_of(view)), path, "", "", "shell commands in its text", state,
                   consent.refused ? reason(*consent.refused) : std::string()});
}

}  // namespace

std::vector<HookLine> hook_lines(const Workspace& workspace, ManifestId id, const std::string& path,
                                 const trust::Allowed& allowed) {
  const Registry registry = workspace.registry();
  std::vector<HookLine> lines = declared_lines(registry, id, path, allowed);
  add_commands_in_text(registry[id], path, allowed, lines);
  return lines;
}

TrustReport trust_report(Call& call, const Workspace& workspace, const trust::Allowed& allowed) {
  TrustReport report;
  report.confines = files::can_confine();
  const Registry registry = workspace.registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    const std::string path = files::join(workspace.folder(view), files::file_name(view.path));
    for (HookLine& line : hook_lines(workspace, view.id, path, allowed)) report.hooks.push_back(std::move(line));
  }
  add_files(call, allowed, report);
  add_client_hooks(workspace, registry, report);
  return report;
}

}  // namespace cascade::cli

namespace cascade::rendering {
namespace {

using unicode::displayable;

const char* keeping_text(bool confines) {
  if (!files::can_seal) return "this system cannot keep programs as they were allowed, so none of them is run";
  return confines ? "programs see every file read-only, no network and no other process"
                  : "this system cannot confine programs (bubblewrap, user namespaces): they may do whatever you may";
}

// "PreToolUse:Bash=check.sh  (why it cannot run)"; a manifest without hooks has no event.
std::string what_runs(const HookLine& line) {
  const std::string when =
      line.event.empty() ? std::string() : line.event + (line.matcher.empty() ? "" : ":" + line.matcher) + "=";
  return displayable(when + line.what) + (line.why.empty() ? "" : "  (" + displayable(line.why) + ")") + "\n";
}

std::string state_column(std::string state) {
  state.resize(std::max<std::size_t>(state.size() + 1, 9), ' ');
  return state;
}

void put_hooks(syntax::JsonWriter& json, const std::vector<HookLine>& lines) {
  json.key("hooks").objects(lines, [&](const HookLine& line) {
    put(json, "item", line.item, "path", line.path, "event", line.event, "matcher", line.matcher, "what", line.what,
        "state", line.state, "why", line.why);
  });
}

// Four digits, such as "0755".
std::string octal(std::uint32_t mode) {
  std::string text;
  for (int shift = 9; shift >= 0; shift -= 3) text += static_cast<char>('0' + ((mode >> shift) & 7U));
  return text;
}

bool is_text(const std::string& bytes) { return bytes.find('\0') == std::string::npos && unicode::is_valid(bytes); }

std::string review_json(const Review& review) {
  auto json = document("cascade.trust-review/1");
  put(json, "item", to_string(review.folder.symbol), "folder", review.folder.path, "hash", review.folder.hash, "state",
      review.state, "confines", review.confines);
  put_hooks(json, review.hooks);
  json.key("files").array(review.folder.files, [&](const files::WholeFile& file) {
    if (file.directory) return;
    put(json.begin_object(), "path", file.path, "mode", octal(file.mode), "bytes", file.text.size(), "sha256",
        hash::sha256(file.text))
        .key("text");
    (is_text(file.text) ? json.string(file.text) : json.null()).end_object();
  });
  return finish(json);
}

}  // namespace

std::string trust_list_text(const TrustReport& report, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.trust-list/1");
    put(json, "confines", report.confines);
    put_hooks(json, report.hooks);
    json.key("files").objects(report.files, [&](const TrustReport::File& file) {
      put(json, "path", file.path, "what", file.what, "state", file.state);
    });
    json.key("client_hooks").objects(report.client_hooks, [&](const TrustReport::ClientHook& hook) {
      put(json, "holder", hook.holder, "path", hook.path, "what", hook.what);
    });
    return finish(json);
  }
  std::string text;
  for (const HookLine& line : report.hooks)
    text += state_column(line.state) + displayable(line.item) + "  " + what_runs(line);
  for (const TrustReport::File& file : report.files)
    text += state_column(file.state) + displayable(file.path) + "  " + file.what + "\n";
  for (const TrustReport::ClientHook& hook : report.client_hooks)
    text += state_column("client") + displayable(hook.holder) + "  " + displayable(hook.what) + "\n";
  if (text.empty()) return "nothing here asks for permission\n";
  const bool runs = std::ranges::any_of(report.hooks, [](const HookLine& line) { return line.state != "text"; });
  return text + (runs ? std::string(keeping_text(report.confines)) + "\n" : "");
}

std::string trust_review_text(const Review& review, Format format) {
  if (format == Format::json) return review_json(review);
  std::string text = displayable(to_string(review.folder.symbol)) + "  " + review.state + "\n  folder " +
                     displayable(review.folder.path) + "\n  hash " + review.folder.hash + "\n";
  for (const HookLine& line : review.hooks) text += "  " + what_runs(line);
  text += std::string("  ") + keeping_text(review.confines) + "\n";
  for (const files::WholeFile& file : review.folder.files) {
    if (file.directory) continue;
    text += "\n--- " + displayable(file.path) + "  " + octal(file.mode) + "  " + std::to_string(file.text.size()) +
            " bytes\n";
    if (!is_text(file.text))
      text += "    no text; SHA-256 " + hash::sha256(file.text) + "\n";
    else
      for (const letters::Line line : letters::lines(file.text)) text += "    " + displayable(line) + "\n";
  }
  return text;
}

std::string trust_log_text(const std::vector<trust::LogEntry>& entries, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.trust-log/1");
    json.key("entries").objects(entries, [&](const trust::LogEntry& entry) {
      put(json, "at", entry.at, "action", entry.action, "item", entry.item, "path", entry.path, "hash", entry.hash,
          "event", entry.event, "hook", entry.hook, "outcome", entry.outcome, "why", entry.why, "confined",
          entry.confined);
    });
    return finish(json);
  }
  std::string text;
  for (const trust::LogEntry& entry : entries) {
    text += time_text(entry.at) + "  " + displayable(entry.action) + "  " +
            displayable(entry.item.empty() ? entry.path : entry.item);
    if (!entry.hook.empty()) text += "  " + displayable(entry.event + "=" + entry.hook + ": " + entry.outcome);
    if (!entry.why.empty()) text += " (" + displayable(entry.why) + ")";
    text += "\n";
  }
  return text.empty() ? "nothing was decided and nothing has run\n" : text;
}

}  // namespace cascade::rendering

namespace cascade::trust {
namespace {

constexpr std::uint64_t max_log_bytes = 256 * 1024;

// The members of a line that may be empty, in their order.
constexpr std::pair<const char*, std::string LogEntry::*> texts[] = {
    {"item", &LogEntry::item}, {"path", &LogEntry::path},       {"hash", &LogEntry::hash}, {"event", &LogEntry::event},
    {"hook", &LogEntry::hook}, {"outcome", &LogEntry::outcome}, {"why", &LogEntry::why}};

std::string path_of(const std::string& folder) { return files::join(folder, "trust.jsonl"); }

std::string line_of(const LogEntry& entry) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "at", entry.at, "action", entry.action);
  for (const auto& [key, text] : texts) {
    // What a program of others said may hold what it should not have.
    const bool is_said = text == &LogEntry::outcome || text == &LogEntry::why;
    if (const std::string& value = entry.*text; !value.empty())
      put(json, key, is_said ? secrets::redacted(value).text : value);
  }
  if (entry.action == "run") put(json, "confined", entry.confined);
  return json.end_object().take();
}

std::string newer_half(std::string_view content) {
  const std::size_t end = content.find('\n', content.size() / 2);
  return end == std::string_view::npos ? std::string() : std::string(content.substr(end + 1));
}

}  // namespace

Result<void> append_log(const std::string& folder, const LogEntry& entry) {
  if (auto made = files::make_directories(folder); !made) return made;
  return files::extend_log(
      path_of(folder), max_log_bytes, [&](std::string_view) { return line_of(entry); }, newer_half);
}

std::vector<LogEntry> read_log(const std::string& folder) {
  std::vector<LogEntry> entries;
  const auto text = files::DiskTree().read(path_of(folder), 4 * max_log_bytes);
  if (!text) return entries;
  for (const std::string_view line : letters::lines(*text)) {
    const syntax::Parsed parsed = syntax::parse_json(line);
    if (!parsed.faults.empty() || parsed.root.kind != syntax::NodeKind::map) continue;
    const auto member = [&](std::string_view key) {
      const syntax::Node* value = parsed.root.find(key);
      return value == nullptr ? std::string() : value->text;
    };
    LogEntry entry;
    entry.action = member("action");
    for (const auto& [key, text] : texts) entry.*text = member(key);
    entry.confined = member("confined") == "true";
    const std::string seconds = member("at");
    std::from_chars(seconds.data(), seconds.data() + seconds.size(), entry.at);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace cascade::trust
