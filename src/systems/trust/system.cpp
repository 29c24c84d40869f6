// Shows what runs or contacts anyone because a stranger's file says so, lets a person read and allow it, and revokes
// it.
#include <algorithm>
#include <ctime>
#include <iterator>

#include "cli/call.h"
#include "cli/console.h"
#include "cli/query_options.h"
#include "cli/verb_allow.h"
#include "cli/verbs.h"
#include "client/dialect.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "manifest/skill_hooks.h"
#include "system/system.h"
#include "trust/run_hook.h"
#include "trust/trust_report.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

using rendering::Review;

constexpr std::string_view word = "allow";

// A folder "deploy" does not affect the skill of that name; cascade.yaml is a file.
bool is_path(const std::string& text) {
  return text.find('/') != std::string::npos ||
         (text.find('.') != std::string::npos && files::DiskTree().stat(text).has_value());
}

// A skill's folder is replaced by its manifest.
std::string manifest_or(const std::string& text) {
  const std::string inside = files::join(text, "SKILL.md");
  return text.find('/') != std::string::npos && files::DiskTree().stat(inside) ? inside : text;
}

// The manifest that a text refers to, by name or path.
struct Named {
  ManifestId id;
  Symbol symbol;
  std::string path;  // of its file; absolute
};

std::optional<Named> named(Call& call, const Workspace& workspace, const std::string& text) {
  const Registry registry = workspace.registry();
  const auto item = find_item(registry, text, call.console());
  if (!item) return std::nullopt;
  const ManifestView view = registry[item->id];
  return Named{item->id, symbol_of(view), files::join(workspace.folder(view), files::file_name(view.path))};
}

bool runs_anything(const Review& review) {
  const manifest::SkillHooks hooks = trust::hooks_of(review.folder);
  const files::WholeFile* const manifest = review.folder.find(review.folder.manifest);
  return (manifest != nullptr && client::usual_dialect().runs_commands(manifest->text)) ||
         std::ranges::any_of(hooks.hooks, [](const auto& hook) { return hook.runs(); });
}

// A command has no folder of its own: what is read and allowed is its file.
Result<trust::SkillFolder> material_of(const Named& manifest) {
  if (manifest.symbol.kind != Kind::command) return trust::read_skill_folder(manifest.symbol, manifest.path);
  const std::string real = files::DiskTree().real_path(manifest.path).value_or(manifest.path);
  auto file = files::read_whole_file(real);
  if (!file) return file.error();
  trust::SkillFolder folder{.symbol = manifest.symbol,
                            .manifest = file->path,
                            .path = std::string(files::parent(real)),
                            .hash = hash::sha256(file->text)};
  folder.files.push_back(*std::move(file));
  return folder;
}

std::optional<Review> review_of(Call& call, const Workspace& workspace, const trust::Allowed& allowed,
                                const Named& manifest) {
  auto folder = material_of(manifest);
  if (!folder) {
    static_cast<void>(call.console().fail(folder.error()));
    return std::nullopt;
  }
  Review review{*std::move(folder), hook_lines(workspace, manifest.id, manifest.path, allowed), "text",
                files::can_confine()};
  if (!runs_anything(review)) return review;
  const bool is_command = manifest.symbol.kind == Kind::command;
  review.state = to_string(is_command ? allowed.file(files::DiskTree(), review.folder.manifest_path())
                                      : allowed.hooks(review.folder.manifest_path(), review.folder.hash));
  return review;
}

void keep_in_log(Call& call, trust::LogEntry entry) {
  entry.at = std::time(nullptr);
  if (!call.environment().state.empty()) static_cast<void>(trust::append_log(call.environment().state, entry));
}

Exit list(Call& call, const trust::Allowed& allowed, Format format) {
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  return call.console().show(rendering::trust_list_text(trust_report(call, *workspace, allowed), format));
}

Exit review(Call& call, const trust::Allowed& allowed, const std::string& text, Format format) {
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const auto manifest = named(call, *workspace, text);
  if (!manifest) return Exit::no;
  const auto review = review_of(call, *workspace, allowed, *manifest);
  if (!review) return Exit::no;
  return call.console().show(rendering::trust_review_text(*review, format));
}

Exit not_typed(Call& call) { return call.console().deny("nothing was allowed: the word was not typed"); }

// Allows a file that would run or contact something, as `cascade allow` does, but shows it first.
Exit allow_file(Call& call, trust::Allowed allowed, const std::string& path) {
  const files::DiskTree tree;
  const auto real = tree.real_path(path);
  if (!real) return call.console().fail(real.error());
  constexpr std::uint64_t most = 1 << 20;
  const auto text = tree.read(*real, most);
  if (!text) return call.console().fail(text.error());
  if (!is_word_typed(unicode::displayable(*text, true) + "\n" + unicode::displayable(*real) +
                         ": type \"allow\" to allow it as it is: ",
                     word))
    return not_typed(call);
  if (auto added = allowed.add(*real, *text); !added) return call.console().fail(added.error());
  if (auto written = write_consents(call.environment(), allowed); !written) return call.console().fail(written.error());
  keep_in_log(call, {0, "allow", {}, *real, {}, {}, {}, {}, {}, false});
  return Exit::yes;
}

Exit allow(Call& call, trust::Allowed allowed, const std::string& text) {
  if (is_run_by_client(call.environment())) return call.console().fail(only_a_person());
  if (const auto fault = typed_by_anybody()) return call.console().fail(*fault);
  if (!is_on_terminal())
    return call.console().fail({ErrorCode::unsupported, "a person must read and type this, and there is no terminal",
                                "", "run it in a terminal of your own"});
  if (is_path(text) && files::file_name(text) != "SKILL.md") return allow_file(call, std::move(allowed), text);
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const auto manifest = named(call, *workspace, text);
  if (!manifest) return Exit::no;
  if (manifest->symbol.kind == Kind::command)  // allowed as a file is
    return allow_file(call, std::move(allowed), manifest->path);
  const auto review = review_of(call, *workspace, allowed, *manifest);
  if (!review) return Exit::no;
  const std::string name = to_string(review->folder.symbol);
  if (!runs_anything(*review)) return call.console().deny(name + " runs no program: there is nothing to allow");
  if (!is_word_typed(rendering::trust_review_text(*review, Format::text) + "\n" + unicode::displayable(name) +
                         ": type \"allow\" to allow exactly this to run: ",
                     word))
    return not_typed(call);
  // The consent is for what was read, not for what is there now.
  const auto now = trust::read_skill_folder(review->folder.symbol, review->folder.manifest_path());
  if (!now || now->hash != review->folder.hash)
    return call.console().fail(
        {ErrorCode::stale, "it changed while it was read", review->folder.path, "read it again"});
  if (auto added = allowed.add_hooks(review->folder.manifest_path(), review->folder.hash); !added)
    return call.console().fail(added.error());
  if (auto written = write_consents(call.environment(), allowed); !written) return call.console().fail(written.error());
  keep_in_log(call, {0, "allow", name, review->folder.manifest_path(), review->folder.hash, {}, {}, {}, {}, false});
  call.console().note("allowed: " + name);
  return Exit::yes;
}

// Revokes by the path of a manifest or file, or by the name of an existing manifest.
Exit revoke(Call& call, trust::Allowed allowed, const std::string& text) {
  if (is_run_by_client(call.environment())) return call.console().fail(only_a_person());
  std::string path = files::DiskTree().real_path(text).value_or(text), name;
  const auto remove = [&] {
    const bool had_hooks = allowed.remove_hooks(path);
    return allowed.remove(path) || had_hooks;
  };
  bool found = remove();
  if (!found && text.find('/') == std::string::npos) {
    auto workspace = call.open();
    if (!workspace) return call.console().fail(workspace.error());
    const auto manifest = named(call, *workspace, text);
    if (!manifest) return Exit::no;
    name = to_string(manifest->symbol);
    path = files::DiskTree().real_path(manifest->path).value_or(manifest->path);
    found = remove();
  }
  if (!found) return call.console().deny(text + " was not allowed\n  help: cascade trust list");
  if (auto written = write_consents(call.environment(), allowed); !written) return call.console().fail(written.error());
  keep_in_log(call, {0, "revoke", name, path, {}, {}, {}, {}, {}, false});
  return Exit::yes;
}

}  // namespace

Exit run_trust(Call& call) {
  std::vector<std::string> words;
  Arguments arguments("trust");
  arguments.words("ACTION", words, 0, 2);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  const std::string action = words.empty() ? "list" : words[0];
  const bool known = (words.size() < 2 && (action == "list" || action == "log")) ||
                     (words.size() == 2 && (action == "review" || action == "allow" || action == "revoke"));
  if (!known) return call.console().fail(call.unfit());
  if (action == "log")
    return call.console().show(rendering::trust_log_text(trust::read_log(call.environment().state), call.format()));
  auto allowed = read_consents(call.environment());
  if (!allowed) return call.console().fail(allowed.error());
  if (action == "list") return list(call, *allowed, call.format());
  const std::string item = manifest_or(words[1]);
  if (action == "review") return review(call, *allowed, item, call.format());
  return action == "allow" ? allow(call, *std::move(allowed), item) : revoke(call, *std::move(allowed), item);
}

}  // namespace cascade::cli

namespace cascade::systems {

Result<void> skill_lines(JudgedCall& call);
Result<void> skill_hooks(JudgedCall& call);
Result<client::Answer> hear_trust(EventSession& session);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb trust_verbs[] = {
    {"trust", Group::guard, 10, "read, allow and revoke what skills and projects would run", cli::run_trust,
     Words::manifests, "list, log, review ITEM, allow ITEM or revoke ITEM"},
};
constexpr std::string_view trust_switches[] = {"trust"};
constexpr Judge trust_judges[] = {
    {Turn::lines, {}, nullptr, systems::skill_lines},
    {Turn::programs, {}, nullptr, systems::skill_hooks},
};

}  // namespace

extern const System trust_system = {
    .name = "trust",
    .verbs = {trust_verbs, std::size(trust_verbs)},
    .switches = {trust_switches, std::size(trust_switches)},
    .rank = 20,
    .hear = systems::hear_trust,
    .judges = {trust_judges, std::size(trust_judges)},
    .is_graded = true,
};

}  // namespace cascade::core
