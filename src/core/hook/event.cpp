// An answer passes three checks before the ledger records it: the files are still those that it was made from
// (confirmed), nobody else has said it (claim, and once more under the ledger's lock in send), and the client took it
// (send). What fails one of them is not recorded, so it can be said another time.
#include "hook/event.h"

#include <algorithm>

#include "client/built_in.h"
#include "client/names.h"
#include "client/transcript/tail.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hook/clean.h"
#include "unicode/utf8.h"
#include "workspace/contents.h"

namespace cascade::hook {
namespace {

// Whether `now` already holds everything that the entry adds.
bool is_said(const session::Ledger& now, const session::Entry& entry) {
  if (entry.layer == session::offer_layer) {
    const std::vector<std::string> offered = now.offered(entry.recipient);
    return std::ranges::find(offered, entry.root) != offered.end();
  }
  const std::vector<std::uint64_t> held = now.held(entry.recipient);
  return !entry.pieces.empty() && std::ranges::all_of(entry.pieces, [&](const session::SentPiece& piece) {
    return std::binary_search(held.begin(), held.end(), piece.content_hash);
  });
}

// The beginning of a text that the client takes whole behind `used` units.
std::string that_fits(std::string_view text, const client::Limits& limits, std::size_t used) {
  const std::uint32_t left = used >= limits.context ? 0 : limits.context - static_cast<std::uint32_t>(used);
  return std::string(limits.unit == client::Unit::bytes ? beginning_bytes(text, left) : beginning(text, left));
}

void add_words(std::string& text, std::string_view words, const client::Limits& limits) {
  constexpr std::string_view between = "\n\n";
  if (words.empty()) return;
  if (text.empty()) {
    text = that_fits(words, limits, 0);
    return;
  }
  const std::size_t used = limits.unit == client::Unit::bytes ? text.size() : unicode::count_utf16(text);
  const std::string added = that_fits(words, limits, used + between.size());
  if (!added.empty()) text.append(between).append(added);
}

}  // namespace

client::Limits limits_of(const EventInput& event) {
  constexpr std::uint32_t whole = 2'000'000;  // the client reads four MiB of a program's output
  client::Limits limits = event.client->limits;
  if (event.is_whole) limits.context = whole;
  return limits;
}

void join(const EventInput& event, Answer& answer, const Answer& words) {
  add_words(answer.context, words.context, limits_of(event));
  add_words(answer.notice, words.notice, event.client->limits);
}

std::string write_answer(const EventInput& event, Answer answer) {
  if (answer.is_empty()) return {};
  answer.context = that_fits(clean(std::move(answer.context)), limits_of(event), 0);
  return event.client->write(event, answer);
}

// Checked once more before anything is noted or said: the answer was made while a second thread compared the files.
bool Conversation::confirmed() {
  if (changed) return false;
  const auto same = workspace.confirm();
  if (!same) failure = same.error();
  changed = !same || !*same;
  return !changed;
}

void Conversation::remember(session::Entry entry) {
  if (!confirmed() || !has_memory()) return;
  entry.written_at = options.now;
  static_cast<void>(ledger.append(std::move(entry)));
}

void Conversation::note_lost() {
  if (!has_memory() || event.transcript_path.empty()) return;
  session::Entry lost;
  lost.event = session::Event::lost;
  std::vector<std::string> names;
  std::uint64_t since = 0;
  session::each_injection(ledger.entries(), session::main_conversation, [&](const session::Entry& entry) {
    if (entry.since == 0) return;
    if (entry.since != since) {
      lost.outside.of.clear();
      names.clear();
    }
    since = entry.since;
    lost.outside.of.push_back(entry.sequence);
    names.push_back(entry.root.substr(entry.root.find(':') + 1));
  });
  if (since > 0 && transcript::lacks_context_in(event.transcript_path, since - 1, names)) remember(std::move(lost));
}

bool Conversation::claim(session::Entry entry) {
  if (!confirmed()) return false;
  if (!has_memory()) return true;
  if (is_said(ledger, entry)) return false;
  if (event.kind == EventKind::prompt && event.client == &client::usual_dialect() && !event.transcript_path.empty() &&
      entry.recipient == session::main_conversation) {
    const auto there = files::DiskTree().stat(event.transcript_path);
    entry.since = (there ? there->size : 0) + 1;
  }
  entry.written_at = options.now;
  claims.push_back(std::move(entry));
  return true;
}

// The answer is written under the ledger's lock: of two hooks that have the same to say only one says it, and what
// could not be delivered is not recorded as held.
Result<std::string> Conversation::send(std::string text) {
  if (text.empty()) return text;
  const auto deliver = [&] { return !options.deliver || options.deliver(text); };
  bool tried = false, arrived = false, said = false;
  Result<void> kept;
  if (!claims.empty())
    kept = ledger.extend([&](const session::Ledger& now) -> std::vector<session::Entry> {
      said = std::ranges::all_of(claims, [&](const session::Entry& entry) { return is_said(now, entry); });
      if (said) return {};
      tried = true;
      arrived = deliver();
      return arrived ? claims : std::vector<session::Entry>();
    });
  if (said) return std::string();
  if (!tried) arrived = deliver();
  if (!arrived) return Error{ErrorCode::unwritable, "the answer could not be written", "", "it is said another time"};
  if (!kept && options.deliver) return kept.error();
  return text;
}

client::UserPlace Conversation::user() const {
  const auto folder = options.client_folder.empty() ? std::nullopt : std::optional(options.client_folder);
  client::UserPlace place = client::user_place(options.home, folder, {});
  if (!options.client_state.empty()) place.state = options.client_state;
  return place;
}

const listing::Switches& Conversation::switches() {
  if (!settings) {
    settings = listing::read_switches(
        files::DiskTree(),
        {user(), event.working_directory, std::string(event.client->name), WorkspaceContents::others_roots(workspace),
         WorkspaceContents::named_roots(workspace), options.users_configuration, options.profile, options.is_allowed});
    settings->unsafe = [this](const ManifestView& manifest) { return refusal(manifest.id); };
  }
  return *settings;
}

// The entry skill of the user or of a project around the directory, if the client lists it; else that of the plugin.
const std::string& Conversation::entry_name() {
  if (entry) return *entry;
  entry.emplace();
  if (event.client->entry_call == nullptr) return *entry;
  const files::DiskTree tree;
  const auto is_there = [&](const std::string& folder) {
    return tree.stat(files::join(folder, std::string(client::entry_skill_path))).has_value();
  };
  const client::UserPlace own = user();
  bool found = !own.folder.empty() && is_there(own.folder);
  for (std::string folder = files::normalise(event.working_directory);
       !found && files::parent(folder) != folder && folder != own.home; folder = std::string(files::parent(folder)))
    found = is_there(files::join(folder, client::own_folder::name));
  const client::SkillOverride* said = found ? switches().overrides.find(client::entry_skill_name) : nullptr;
  const client::Subject itself{Kind::skill, client::entry_skill_name, {}, {}};
  const bool is_denied = found && client::find_no(switches().clients, event.client->name, itself) != nullptr;
  if (found && !is_denied && (said == nullptr || said->listing <= client::SkillListing::name_only))
    entry = client::entry_skill_name;
  else if (!options.plugin_folder.empty() && is_there(options.plugin_folder))
    entry = client::plugin_entry_skill_name;
  return *entry;
}

bool Conversation::is_open(ManifestId id) {
  return listing::may_be_named(listing::standing(registry, id, switches())) && !is_ruled_out(id);
}

const std::string& Conversation::refusal(ManifestId id) {
  const auto [found, is_new] = refusals.try_emplace(id);
  if (is_new && options.refuses) found->second = options.refuses(registry[id]);
  return found->second;
}

bool Conversation::is_ruled_out(ManifestId id) const {
  const std::vector<std::string> gone = ledger.ruled_out();
  return std::ranges::find(gone, to_string(symbol_of(registry[id]))) != gone.end();
}

std::vector<std::string> Conversation::facts() const {
  std::vector<std::string> names;
  const std::vector<std::uint64_t> held = ledger.held(session::main_conversation);
  for (const session::Entry& entry : ledger.entries())
    for (const session::SentPiece& piece : entry.pieces)
      if (piece.manifest.rfind("memory:", 0) == 0 && std::binary_search(held.begin(), held.end(), piece.content_hash) &&
          std::ranges::find(names, piece.manifest) == names.end())
        names.push_back(piece.manifest);
  return names;
}

std::vector<Symbol> Conversation::active() const {
  std::vector<Symbol> symbols;
  for (const std::string& root : ledger.active(session::main_conversation))
    if (auto symbol = Symbol::parse(root)) symbols.push_back(std::move(*symbol));
  return symbols;
}

}  // namespace cascade::hook
