// Takes libraries of others into a folder of their own. Whatever is fetched is judged and shown before it is taken: its
// files are laid out beside the libraries, checked as `validate --profile install` does, and compared with what is
// there.
#include <cascade/registry.h>
#include <cascade/render.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "cli/console.h"
#include "cli/opened_library.h"
#include "cli/settings.h"
#include "cli/verbs.h"
#include "client/installers.h"
#include "difference/difference.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "library/shelf.h"
#include "policy/skill_switches.h"
#include "render/parts.h"
#include "rights/rights.h"
#include "syntax/put.h"
#include "system/system.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "workspace/roots.h"

namespace cascade::rendering {
namespace {

struct LibraryRow {
  std::string name, source, ref, commit, folder;
  std::uint64_t files = 0;  // of the lock
  bool is_there = true, is_root = true;
  std::vector<std::string> by_hand{};            // files that are not as in the lock, sorted
  std::vector<std::string> without, accepted{};  // left out, and findings that were accepted, as the user asked
};

// What is listed besides the rows: what other programs installed, those of one manager and source together, and what
// the project's lock names and is not here so.
struct Besides {
  std::vector<client::InstalledSkill> others;
  std::vector<std::string> to_restore;
};

using difference::Right, difference::RightKind;

constexpr std::size_t names_shown = 12, holders_shown = 3;

// "a, b, c and 9 more".
std::string first_of(const std::vector<std::string>& names, std::size_t most) {
  if (names.size() <= most) return listed(names);
  return listed({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(most)}) + " and " +
         std::to_string(names.size() - most) + " more";
}

std::string state_of(const LibraryRow& row) {
  if (!row.is_there) return "its folder is gone: cascade library update " + row.name;
  if (!row.by_hand.empty()) return count_of(row.by_hand.size(), "file") + " changed by hand: " + listed(row.by_hand);
  return row.is_root ? "as it was taken" : "not read: it is not among the roots of your cascade.yaml";
}

std::string list_text(const std::vector<LibraryRow>& rows, Paint paint) {
  if (rows.empty()) return "no library of others\n  take one: cascade library add OWNER/REPO\n";
  TextTable table;
  for (const char* title : {"LIBRARY", "COMMIT", "REF", "FROM"}) table.column(title);
  table.column("FILES", Align::right);
  table.column("STATE");
  for (const LibraryRow& row : rows)
    table.row({row.name, cli::short_commit(row.commit), row.ref.empty() ? "-" : unicode::displayable(row.ref),
               unicode::displayable(row.source), std::to_string(row.files), state_of(row)});
  std::string text = table.take(paint);
  for (const LibraryRow& row : rows) {
    if (!row.by_hand.empty()) text += "cascade library update " + row.name + " puts back what was changed by hand\n";
    if (!row.without.empty()) text += row.name + " is without " + listed(row.without) + "\n";
    if (!row.accepted.empty()) text += row.name + " has what you accepted: " + listed(row.accepted) + "\n";
  }
  return text;
}

std::string others_text(const std::vector<client::InstalledSkill>& others, Paint paint) {
  if (others.empty()) return {};
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> names;
  for (const client::InstalledSkill& one : others) {
    std::vector<std::string>& of_source = names[{one.manager, one.source}];
    if (std::ranges::find(of_source, one.name) == of_source.end()) of_source.push_back(one.name);
  }
  TextTable table;
  for (const char* title : {"INSTALLED BY", "FROM", "WHAT"}) table.column(title);
  for (const auto& [origin, of_origin] : names)
    table.row({origin.first, origin.second.empty() ? "-" : unicode::displayable(origin.second),
               first_of(of_origin, names_shown)});
  return "\ninstalled by other programs, which renew and remove them\n" + table.take(paint);
}

std::string list_json(const std::vector<LibraryRow>& rows, const Besides& besides) {
  syntax::JsonWriter json = document("cascade.library/1");
  json.key("libraries").objects(rows, [&](const LibraryRow& row) {
    put(json, "name", row.name, "source", row.source, "ref", syntax::or_null(row.ref), "commit", row.commit, "folder",
        row.folder, "files", row.files, "is_there", row.is_there, "is_root", row.is_root, "by_hand", row.by_hand,
        "without", row.without, "accepted", row.accepted);
  });
  put(json, "to_restore", besides.to_restore);
  json.key("others").objects(besides.others, [&](const client::InstalledSkill& one) {
    put(json, "manager", one.manager, "name", one.name, "source", syntax::or_null(one.source), "record", one.record);
  });
  return finish(json);
}

std::string kinds_text(const Registry& registry) {
  std::map<Kind, std::vector<std::string>> names;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (!manifest.document) names[manifest.kind].emplace_back(manifest.name);
  }
  std::string text;
  for (const auto& [kind, of_kind] : names)
    text += "  " + count_of(of_kind.size(), to_string(kind)) + ": " + first_of(of_kind, names_shown) + "\n";
  return text.empty() ? "  no skills, agents or commands\n" : text;
}

// text, json (cascade.library/1).
Result<std::string> library_list(const std::vector<LibraryRow>& rows, const Besides& besides, Format format,
                                 Paint paint) {
  if (format == Format::json) return list_json(rows, besides);
  const std::string locked =
      besides.to_restore.empty()
          ? std::string()
          : "\nthis project's lock has what is not here as it names it: " + listed(besides.to_restore) +
                "\n  cascade library restore\n";
  return list_text(rows, paint) + locked + others_text(besides.others, paint);
}

// Its skills, agents and commands by name, and what they may do: one line for each thing permitted, with those who may;
// what a manifest gets through another is the other's.
std::string brought_text(const Registry& registry, const std::vector<Right>& rights, Paint paint) {
  std::map<std::pair<RightKind, std::string>, std::vector<std::string>> holders;
  for (const Right& right : rights)
    if (right.through.empty()) holders[{right.kind, deed_of(right)}].push_back(right.holder);
  std::string text = paint.bold("brings") + "\n" + kinds_text(registry);
  bool starts = false;
  std::string lines;
  for (const auto& [right, all] : holders) {
    starts = starts || right.first == RightKind::hook || right.first == RightKind::server ||
             right.first == RightKind::module;
    lines += "  " + paint.red("+ " + first_of(all, holders_shown) + " " + right.second) + "\n";
  }
  text += "\n" + paint.bold("rights") + "\n" + (lines.empty() ? "  no tools, hooks or servers\n" : lines);
  if (starts) text += "  Cascade starts none of these hooks, servers and modules; a client's plugin manager would.\n";
  return text;
}

}  // namespace
}  // namespace cascade::rendering

namespace cascade::cli {
namespace {

using collection::Library, collection::Shelf, rendering::count_of;

collection::Places places_of(const Environment& environment) {
  const std::string& users = environment.users_configuration;
  collection::Places places;
  const std::string data = data_folder(environment);
  if (data.empty() || environment.state.empty() || users.empty()) return places;
  places.folder = files::join(data, "libraries");
  places.lock = files::join(files::parent(users), "cascade.lock");
  places.users_file = users;
  places.writer = files::join(environment.state, "libraries.writer");
  places.home = environment.home;
  return places;
}

// The lock that a team keeps in its repository.
std::string team_lock() {
  const files::DiskTree tree;
  return files::join(policy::project_folder(tree, tree.real_path(".").value_or(".")), ".cascade/library.lock");
}

// Writes one row of it, or takes it out: whoever has it restores these very files.
Result<void> write_team_lock(const std::string& name, const Library* row) {
  auto lock = collection::lock_at(team_lock());
  if (!lock) return lock.error();
  lock->erase(name);
  if (row != nullptr) lock->put(*row);
  const std::string path = team_lock();
  if (lock->libraries.empty()) {
    if (auto removed = files::remove_file(path); !removed) return removed;
    files::remove_empty_folder(std::string(files::parent(path)));
    return {};
  }
  if (auto made = files::make_directories(std::string(files::parent(path)), 0755); !made) return made;
  return files::write_atomically(path, collection::lock_text(*lock));
}

Exit keep_for_team(Call& call, const LibraryOptions& options, const Library& library) {
  if (!options.team) return Exit::yes;
  if (auto written = write_team_lock(library.name, &library); !written) return call.console().fail(written.error());
  call.console().print("locked for everybody in " + team_lock() + ": cascade library restore\n");
  if (files::is_absolute(library.source))
    call.console().note(library.source + " is a folder of this machine, from which nobody else can restore it");
  return Exit::yes;
}

// Shows it, and asks unless the answer was given with the command.
bool is_wanted(Call& call, const LibraryOptions& options, const std::string& shown, const std::string& question,
               const std::string& deed = "taken") {
  const bool asks = !options.yes && is_on_terminal();
  if (asks) return is_word_typed(shown + "\n" + question + " Type \"yes\": ", "yes");
  call.console().print(shown);
  if (!options.yes)
    call.console().complain("nobody is here to ask, so nothing was " + deed +
                            "\n  help: read it, then give the same command with --yes");
  return options.yes;
}

// What the manifests call and the library does not bring, as where a part of it was left out.
std::vector<std::string> lacks_of(const Registry& registry) {
  std::vector<std::string> lacks;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    for (const Diagnostic& problem : registry.problems(ManifestId{i}))
      if (letters::is_one_of(problem.rule, {"RF001", "RF002", "RF003"}))
        lacks.push_back(rendering::place_of(problem.at) + ": " + problem.message);
  return lacks;
}

// Of a root that cannot be written into the user's file, or taken out of it, without harm.
void tell_row_by_hand(Call& call, const Shelf& shelf, bool in) {
  if (shelf.row_by_hand().empty()) return;
  call.console().complain(call.environment().users_configuration + " is left as it is\n  help: " +
                          (in ? "write this into it: roots: [default, " + shelf.row_by_hand() + "]"
                              : "take this out of its roots: " + shelf.row_by_hand()));
}

// Why it need not be added; nothing: no reason.
std::optional<Error> known_already(const Call& call, const collection::Lock& lock, const collection::Source& source,
                                   const std::string& name) {
  const files::DiskTree tree;
  for (const Library& library : lock.libraries)
    if (collection::identity_of(library.source, tree) == source.identity)
      return Error{
          {}, "it is here already, as the library " + library.name, {}, "cascade library update " + library.name};
  if (const Library* other = lock.find(name))
    return Error{{}, "the library " + name + " is another one, from " + other->source, {}, "--name gives a free name"};
  for (const workspace::PluginSource& plugin : workspace::plugin_sources(tree, call.environment().user))
    if (!plugin.repository.empty() && collection::identity_of(plugin.repository, tree) == source.identity)
      return Error{{},
                   "the plugin " + plugin.plugin + " has brought this repository already, into " + plugin.folder,
                   {},
                   "it is read from there; to have it as a library, let your client remove the plugin first"};
  return std::nullopt;
}

// What other programs installed, and from where.
std::vector<client::InstalledSkill> installed_by_others(const Environment& environment) {
  const files::DiskTree tree;
  auto all = client::installed_by_installers(tree, environment.user, tree.real_path(".").value_or(""),
                                             std::string(files::parent(environment.state)));
  for (const workspace::PluginSource& plugin : workspace::plugin_sources(tree, environment.user))
    all.push_back({client::plugin_installer, plugin.plugin, plugin.repository, plugin.folder});
  return all;
}

// What other programs have of the repository.
std::vector<std::string> had_already(const Call& call, const collection::Source& source) {
  const files::DiskTree tree;
  std::vector<std::string> had;
  for (const client::InstalledSkill& one : installed_by_others(call.environment()))
    if (!one.source.empty() && collection::identity_of(one.source, tree) == source.identity)
      had.push_back(one.name + ", by " + one.manager);
  return had;
}

Result<std::string> shown_of(Call& call, const Candidate& candidate, const std::string& name,
                             const collection::Source& source) {
  const auto opened = open_others_library(call, candidate.folder);
  if (!opened) return opened.error();
  return name + ": " + unicode::displayable(source.address) + " at " + short_commit(candidate.fetched.commit) + "\n\n" +
         rendering::brought_text(opened->registry,
                                 difference::rights_of(difference::state_of(opened->registry, opened->files)),
                                 call.console().paint()) +
         lines_of("called, and not in it", lacks_of(opened->registry)) +
         lines_of("installed from there already", had_already(call, source)) + terms_of(candidate);
}

// A folder that git cannot fetch can be read where it lies.
Error with_root(const Call& call, const collection::Source& source, Error error) {
  if (files::is_absolute(source.address) && error.code == ErrorCode::not_found)
    error.help +=
        "; to have the folder read where it lies, " + how_to_write(call.environment(), "roots", source.address);
  return error;
}

Exit add(Call& call, const LibraryOptions& options) {
  const files::DiskTree tree;
  const auto source =
      collection::read_source(options.words[1], tree.real_path(".").value_or("/"), call.environment().home, tree);
  if (!source) return call.console().fail(source.error());
  const std::string& name = options.name.empty() ? source->name : options.name;
  if (!collection::is_library_name(name))
    return call.console().fail(
        misuse("\"" + name + "\" is no name for a library", "--name NAME, of letters, digits, ., _ and -"));
  if (!options.ref.empty() && !collection::is_ref(options.ref))
    return call.console().fail(misuse("\"" + options.ref + "\" is no branch, tag or commit", "--ref main"));
  auto shelf = Shelf::open(places_of(call.environment()));
  if (!shelf) return call.console().fail(shelf.error());
  if (const auto reason = known_already(call, shelf->lock(), *source, name))
    return call.console().deny(unicode::displayable(reason->message) + "\n  help: " + reason->help);
  const Library library{name, source->address, options.ref, {}, {}};
  const auto candidate = bring(call, *shelf, library, options);
  if (!candidate) return call.console().fail(with_root(call, *source, candidate.error()));
  if (!candidate->refused.empty()) return refuse(call, *candidate, source->address, name, options);
  const auto shown = shown_of(call, *candidate, name, *source);
  if (!shown) return call.console().fail(shown.error());
  if (!is_wanted(call, options, *shown, "Take the library " + name + "?")) return Exit::no;
  if (auto taken = shelf->take(locked(library, *candidate)); !taken) return call.console().fail(taken.error());
  call.console().print("\ntook " + name + " into " + shelf->folder_of(name) +
                       ": its skills are found from the next prompt on\nnext: cascade library list; cascade library "
                       "remove " +
                       name + " takes it out again\n");
  tell_row_by_hand(call, *shelf, true);
  call.console().print(warnings_of(*candidate));
  return keep_for_team(call, options, locked(library, *candidate));
}

// Exit::no: the old one stays.
Exit renew(Call& call, Shelf& shelf, const Library& library, const LibraryOptions& options) {
  const auto now = collection::files_now(shelf.folder_of(library.name));
  if (!now) return call.console().fail(now.error());
  const collection::Changes by_hand =
      collection::compare(library.files, now->value_or(std::vector<collection::LockedFile>()));
  const auto candidate = bring(call, shelf, library, options);
  if (!candidate) return call.console().fail(candidate.error());
  if (candidate->fetched.commit == library.commit && by_hand.empty() && candidate->without == library.without &&
      options.accept.empty()) {
    call.console().print(library.name + ": nothing new since " + short_commit(library.commit) + "\n");
    return keep_for_team(call, options, library);
  }
  if (!candidate->refused.empty()) return refuse(call, *candidate, library.source, library.name, options);
  const auto shown = change_of(call, shelf.folder_of(library.name), library, *candidate, by_hand);
  if (!shown) return call.console().fail(shown.error());
  if (!is_wanted(call, options, *shown, "Take the new state of " + library.name + "?")) return Exit::no;
  if (auto taken = shelf.take(locked(library, *candidate)); !taken) return call.console().fail(taken.error());
  call.console().print("\ntook " + library.name + " at " + short_commit(candidate->fetched.commit) + "\n" +
                       warnings_of(*candidate));
  return keep_for_team(call, options, locked(library, *candidate));
}

Exit no_such(Call& call, const std::string& name) {
  if (letters::is_one_of(name, {"cascade", "shipped", "builtin", "default"}))
    return call.console().deny("the library that Cascade ships is none that was added\n  help: to leave it out, " +
                               how_to_write(call.environment(), "library", "off"));
  return call.console().deny("there is no library " + unicode::displayable(name) + "\n  help: cascade library list");
}

Exit update(Call& call, const LibraryOptions& options) {
  auto shelf = Shelf::open(places_of(call.environment()));
  if (!shelf) return call.console().fail(shelf.error());
  const std::vector<Library> all = shelf->lock().libraries;
  const std::string wanted = options.words.size() > 1 ? options.words[1] : std::string();
  if (wanted.empty() && !(options.without.empty() && options.accept.empty()))
    return call.console().fail(
        misuse("--without and --accept are of one library", "cascade library update NAME --without PATH"));
  if (!wanted.empty() && shelf->lock().find(wanted) == nullptr) return no_such(call, wanted);
  Exit worst = Exit::yes;
  for (const Library& library : all)
    if (wanted.empty() || library.name == wanted) worst = std::max(worst, renew(call, *shelf, library, options));
  if (all.empty()) call.console().print("no library of others\n");
  return worst;
}

Exit remove(Call& call, const LibraryOptions& options) {
  auto shelf = Shelf::open(places_of(call.environment()));
  if (!shelf) return call.console().fail(shelf.error());
  const std::string& name = options.words[1];
  const Library* const library = shelf->lock().find(name);
  if (library == nullptr) return no_such(call, name);
  const std::string folder = shelf->folder_of(name);
  const auto now = collection::files_now(folder);
  if (!now) return call.console().fail(now.error());
  const collection::Changes by_hand = collection::compare(library->files, now->value_or(library->files));
  std::vector<std::string> lost = by_hand.changed;
  lost.insert(lost.end(), by_hand.added.begin(), by_hand.added.end());
  const std::string shown = name + ": changed by hand, and gone with its folder: " + rendering::listed(lost) + "\n";
  if (!lost.empty() && !is_wanted(call, options, shown, "Remove " + name + "?", "removed")) return Exit::no;
  if (auto removed = shelf->remove(name); !removed) return call.console().fail(removed.error());
  call.console().print("removed " + name + ": " + folder + ", its row in the lock and in the roots\n");
  tell_row_by_hand(call, *shelf, false);
  if (options.team)
    if (auto written = write_team_lock(name, nullptr); !written) return call.console().fail(written.error());
  return Exit::yes;
}

// Takes one library of the team's lock at the commit that it names.
Exit restore_one(Call& call, Shelf& shelf, const Library& wanted, const LibraryOptions& options) {
  const files::DiskTree tree;
  const Library* const have = shelf.lock().find(wanted.name);
  const auto stops = [&](const std::string& why, const std::string& help) {
    return call.console().deny(wanted.name + ": " + unicode::displayable(why) + "\n  help: " + help);
  };
  if (have != nullptr && collection::identity_of(have->source, tree) != collection::identity_of(wanted.source, tree))
    return stops("the library of this name here is another one, from " + have->source,
                 "cascade library remove " + wanted.name + ", or take one of them by another --name");
  const auto now = collection::files_now(shelf.folder_of(wanted.name));
  if (!now) return call.console().fail(now.error());
  if (have != nullptr && *now && collection::compare(wanted.files, **now).empty())
    return call.console().show(wanted.name + ": as in the lock, at " + short_commit(wanted.commit) + "\n");
  Library at = wanted;
  at.ref = wanted.commit;
  const auto candidate = bring(call, shelf, at, {});
  if (!candidate) return call.console().fail(candidate.error());
  const auto other = collection::compare(wanted.files, collection::locked_files(candidate->fetched.files)).all();
  if (!other.empty())
    return stops("what " + wanted.source + " has at " + short_commit(wanted.commit) +
                     " is not what the lock names: " + other.front(),
                 "ask whoever wrote " + team_lock());
  if (!candidate->refused.empty()) {
    call.console().print(candidate->findings);
    return stops(
        "refused: " + count_of(candidate->refused.size(), "place") + " beyond what its descriptions promise",
        "who keeps the lock leaves them out or accepts them: cascade library update " + wanted.name + " --team");
  }
  const auto source = collection::Source{wanted.source, {}, wanted.name};
  const auto shown = shown_of(call, *candidate, wanted.name, source);
  if (!shown) return call.console().fail(shown.error());
  if (!is_wanted(call, options, *shown, "Take the library " + wanted.name + " as the lock has it?")) return Exit::no;
  if (auto taken = shelf.take(wanted); !taken) return call.console().fail(taken.error());
  call.console().print("\ntook " + wanted.name + " at " + short_commit(wanted.commit) + "\n" + warnings_of(*candidate));
  tell_row_by_hand(call, shelf, true);
  return Exit::yes;
}

Exit restore(Call& call, LibraryOptions options) {
  const auto lock = collection::lock_at(team_lock());
  if (!lock) return call.console().fail(lock.error());
  if (lock->libraries.empty())
    return call.console().deny("no library is locked in " + team_lock() +
                               "\n  help: cascade library add SOURCE --team");
  auto shelf = Shelf::open(places_of(call.environment()));
  if (!shelf) return call.console().fail(shelf.error());
  options.yes = options.yes || options.locked;
  Exit worst = Exit::yes;
  for (const Library& wanted : lock->libraries) worst = std::max(worst, restore_one(call, *shelf, wanted, options));
  return worst;
}

Exit list_libraries(Call& call, Format format) {
  const collection::Places places = places_of(call.environment());
  const auto lock = collection::lock_at(places.lock);
  if (!lock) return call.console().fail(lock.error());
  const auto users = files::DiskTree().read_if_there(places.users_file, 1u << 20);
  if (!users) return call.console().fail(users.error());
  std::vector<rendering::LibraryRow> rows;
  for (const Library& library : lock->libraries) {
    rendering::LibraryRow row{.name = library.name,
                              .source = library.source,
                              .ref = library.ref,
                              .commit = library.commit,
                              .folder = files::join(places.folder, library.name),
                              .files = library.files.size(),
                              .without = library.without};
    for (const collection::AcceptedFinding& one : library.accepted) row.accepted.push_back(collection::word_of(one));
    row.is_root = collection::has_root(users->value_or(""), collection::root_at(places.home, row.folder));
    const auto now = collection::files_now(row.folder);
    if (!now) return call.console().fail(now.error());
    row.is_there = now->has_value();
    row.by_hand = collection::compare(library.files, now->value_or(library.files)).all();
    std::ranges::sort(row.by_hand);
    rows.push_back(std::move(row));
  }
  rendering::Besides besides{installed_by_others(call.environment()), {}};
  const auto team = collection::lock_at(team_lock());
  if (!team) return call.console().fail(team.error());
  for (const Library& wanted : team->libraries) {
    const Library* const have = lock->find(wanted.name);
    if (have == nullptr || !collection::compare(wanted.files, have->files).empty())
      besides.to_restore.push_back(wanted.name);
  }
  return call.console().show(rendering::library_list(rows, besides, format, call.console().paint()));
}

}  // namespace

Exit run_library(Call& call) {
  LibraryOptions options;
  Arguments arguments("library");
  arguments.text("--ref", options.ref);
  arguments.text("--name", options.name);
  arguments.list("--without", options.without);
  arguments.list("--accept", options.accept);
  arguments.flag("--skip-refused", options.skip_refused);
  arguments.flag("--team", options.team);
  arguments.flag("--locked", options.locked);
  arguments.flag("--yes", options.yes);
  arguments.words("WORDS", options.words, 0, 2);
  if (const auto ended = call.read(arguments)) return *ended;
  const std::string action = options.words.empty() ? "" : options.words.front();
  const auto is = [&](std::string_view name, std::size_t least, std::size_t most) {
    return action == name && options.words.size() > least && options.words.size() <= most + 1;
  };
  const bool lists = is("list", 0, 0);
  const auto format = lists ? call.format({Format::text, Format::json}) : call.format({Format::text});
  if (!format) return call.console().fail(format.error());
  if (lists) return list_libraries(call, *format);
  if (is("add", 1, 1)) return add(call, options);
  if (is("update", 0, 1)) return update(call, options);
  if (is("remove", 1, 1)) return remove(call, options);
  if (is("restore", 0, 0)) return restore(call, options);
  const bool is_switch = letters::is_one_of(action, {"on", "off"});
  return call.console().fail(
      misuse("library takes " + std::string(call.verb().takes),
             is_switch ? "of the library that Cascade ships, " + how_to_write(call.environment(), "library", action)
                       : "cascade library --help"));
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb library_verbs[] = {
    {"library", Group::day, 70, "take, renew and remove libraries of others", cli::run_library, Words::files,
     "add SOURCE, update [NAME], remove NAME, restore or list"},
};

}  // namespace

extern const System library_system = {
    .name = "library",
    .verbs = {library_verbs, std::size(library_verbs)},
};

}  // namespace cascade::core
