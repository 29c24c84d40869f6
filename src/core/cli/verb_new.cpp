// Makes the text of a new manifest and checks it with the rules of all three profiles before it is written, so that
// `cascade new` never makes a file that `cascade validate` complains about.
#include "cli/verb_new.h"

#include <cascade/validate.h>

#include "cli/call.h"
#include "cli/verbs.h"
#include "client/names.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "listed/standing.h"
#include "text/ascii.h"
#include "text/words.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <vector>

namespace cascade::cli {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// `folders`: a command may be in folders, which become parts of its name: "git/undo", "git:undo".
std::vector<std::string_view> parts_of(std::string_view name, bool folders) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = folders ? name.find_first_of("/:") : std::string_view::npos;
    parts.push_back(name.substr(0, end));
    if (end == std::string_view::npos) return parts;
    name.remove_prefix(end + 1);
  }
}

// Quotes the text for YAML, in double quotes; a run of white space becomes one blank.
Result<std::string> quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const bool blank = letters::is_json_space(c);
    if (!blank && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F))
      return misuse("the description holds a control character", "write plain text");
    if (blank && out.back() == ' ') continue;
    if (c == '"' || c == '\\') out += '\\';
    out += blank ? ' ' : c;
  }
  return out + "\"";
}

std::string default_description(Kind kind, const std::string& words) {
  if (kind == Kind::skill)
    return "Carries out " + words + " and reports what came of it. Use when asked for " + words + ".";
  if (kind == Kind::agent) return "Reads up on " + words + " and reports what it found. Use for " + words + ".";
  return "Starts " + words + " with the arguments that are given.";
}

std::string text_of(Kind kind, const std::string& name, const std::string& description) {
  std::string title(name);
  std::ranges::replace(title, '-', ' ');
  if (letters::is_lower(title.front())) title.front() = static_cast<char>(title.front() - 'a' + 'A');
  const std::string head =
      "---\n" + (kind == Kind::command ? std::string() : "name: " + name + "\n") + "description: " + description + "\n";
  if (kind == Kind::skill)
    return head + "---\n\n# " + title +
           "\n\n1. Read what was asked for, and the files that it names.\n"
           "2. Do the work in steps that can be checked one by one.\n"
           "3. Report what was done, and what was left out and why.\n";
  if (kind == Kind::agent)
    return head + "tools: " + client::tool_names::reading_tools +
           "\nmetadata:\n  cascade-entry: \"true\"   # until a skill binds it\n---\n\n# " + title +
           "\n\nWork on the one task that you are given, and on nothing beside it.\n\n"
           "Report what you found, each point with its file and line, and what you could not look at.\n";
  return head + "argument-hint: \"[what]\"\n---\n\n# " + title +
         "\n\nDo this for: $ARGUMENTS\n\nReport what was done in a few lines.\n";
}

// The first complaint of a validator about a library with only this file; empty if there is none.
std::string fault_in(const NewManifest& made) {
  for (const Profile profile : {Profile::agent_skills, Profile::claude_code, Profile::cascade}) {
    const std::string component = std::string(to_string(made.kind)) + "s";
    const ManifestSource source{made.kind, Scope::project, 0, {}, component, made.path, made.text};
    std::vector<Manifest> manifests;
    manifests.push_back(parse_manifest(source, TokenCounter::estimating()));
    ValidateRequest request;
    request.policy.profile = to_string(profile);
    request.files = {made.path};
    request.read = [&](const std::string&) -> Result<std::string> { return made.text; };
    const Validation validation = validate(Registry::build(manifests), request);
    if (!validation.found.empty()) return validation.found.front().message;
  }
  return {};
}

// Everything that could refuse comes before the first write: the name and the description, the place, links on the way
// out of the root, and a manifest that has the name already. So a refusal leaves nothing behind.

struct NewOptions {
  std::vector<std::string> words;
  std::optional<std::string> description;
  bool dry_run = false;
};

// A library or a plugin has these folders at its top, a project below .claude.
std::string home_of(const files::Tree& tree, const std::string& root) {
  for (const char* part : {".claude-plugin", "skills", "agents", "commands"})
    if (tree.stat(files::join(root, part))) return root;
  return files::file_name(root) == client::own_folder::name ? root : files::join(root, client::own_folder::name);
}

// A folder of a library that holds nothing of its own: the library, up to the top of the repository. Nothing elsewhere.
std::optional<std::string> library_around(const files::Tree& tree, const std::string& here) {
  for (std::string folder = here;; folder = files::parent(folder)) {
    if (folder != here &&
        (tree.stat(files::join(folder, ".claude-plugin")) || tree.stat(files::join(folder, "skills"))))
      return folder;
    const bool is_home = home_of(tree, folder) == folder || tree.stat(files::join(folder, client::own_folder::name));
    if (is_home || tree.stat(files::join(folder, ".git")) || files::parent(folder) == folder) return std::nullopt;
  }
}

// The existing manifest of this name; a skill and a command share a name. The user's own hide a project's, but for
// agents. Nothing if there is none.
std::optional<ManifestView> namesake(const Registry& registry, const NewManifest& made) {
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView other = registry[ManifestId{i}];
    if (other.document || (other.kind == Kind::agent) != (made.kind == Kind::agent)) continue;
    if (other.kind == Kind::agent && other.scope == Scope::user) continue;
    const std::string_view name = other.name;
    const std::size_t behind = name.size() - std::min(name.size(), made.name.size());
    const bool plugin_before = behind > 1 && name.substr(0, behind - 1) == other.plugin && name[behind - 1] == ':';
    if (name.substr(behind) == made.name && (behind == 0 || plugin_before)) return other;
  }
  return std::nullopt;
}

Error taken(const std::string& what, const std::string& path) {
  return {ErrorCode::unwritable, what, path, "choose another name; nothing was written"};
}

// Checks that nothing is at the path, and that the existing folders above it are inside the root.
Result<void> check_free(const files::Tree& tree, const std::string& root, const std::string& path) {
  const auto shown = [&](const std::string& inside) { return files::relative_to(root, inside); };
  if (tree.stat(path) || tree.link_target(path)) return taken("there is a file already", shown(path));
  for (std::string_view above = files::parent(path); above.size() > root.size(); above = files::parent(above)) {
    const std::string folder(above);
    if (!tree.stat(folder) && !tree.link_target(folder)) continue;
    const auto real = tree.real_path(folder);
    if (!real || !files::is_within(root, *real)) return taken("the folder is a link out of the root", shown(folder));
    break;
  }
  return {};
}

// Of what keeps the new one from coming by itself, such as a clone that the user has not trusted yet.
void tell_standing(Call& call, const NewManifest& made) {
  const auto workspace = call.open();
  if (!workspace) return;
  const auto id = workspace->registry().find(Symbol{made.kind, made.name});
  const std::string why =
      id ? listing::reason(workspace->registry(), *id, switches_here(call, *workspace)) : std::string();
  if (!why.empty()) call.console().note("it does not come by itself: " + unicode::displayable(why));
}

Result<void> write_new(const std::string& path, const std::string& text) {
  if (auto folder = files::make_directories(std::string(files::parent(path)), 0777); !folder) return folder.error();
  if (auto written = files::write_atomically(path, text); !written) return written.error();
  return {};
}

}  // namespace

Result<NewManifest> new_manifest(std::string_view kind_name, std::string_view name,
                                 const std::optional<std::string>& description) {
  const auto kind = parse_kind(kind_name);
  if (!kind)
    return misuse("there is no kind '" + unicode::displayable(kind_name) + "'", "one of skill, agent, command");
  const std::vector<std::string_view> parts = parts_of(name, *kind == Kind::command);
  std::string path, called, nearest;
  bool good = true;
  for (const std::string_view part : parts) {
    good = good && letters::is_hyphenated(part);
    path.append(path.empty() ? "" : "/").append(part);
    called.append(called.empty() ? "" : ":").append(part);
    if (const std::string near = letters::hyphenated(part); !near.empty())
      nearest += (nearest.empty() ? "" : ":") + near;
  }
  if (!is_ascii(name)) nearest.clear();  // only the author knows which letters to write for "ü"
  const std::string what(to_string(*kind));
  if (!good)
    return misuse("'" + unicode::displayable(name.substr(0, 200)) + "' is not a valid name for " +
                      (*kind == Kind::agent ? "an " : "a ") + what,
                  nearest.empty() ? "lower-case words of a to z and 0 to 9, joined by hyphens"
                                  : "as in " + nearest.substr(0, 64));
  std::string words(parts.back());
  std::ranges::replace(words, '-', ' ');
  if (description && description->find_first_not_of(" \t\r\n") == std::string::npos)
    return misuse("the description is blank", "leave --description out to get one made from the name");
  const auto written = quoted(description.value_or(default_description(*kind, words)));
  if (!written) return written.error();
  NewManifest made;
  made.kind = *kind;
  made.name = called;
  made.path = what + "s/" + path + (*kind == Kind::skill ? "/SKILL.md" : ".md");
  made.text = text_of(*kind, std::string(parts.back()), *written);
  if (const std::string fault = fault_in(made); !fault.empty())
    return misuse("it would not be valid: " + fault, "another name, or another --description");
  return made;
}

Exit run_new(Call& call) {
  NewOptions options;
  Arguments arguments("new");
  arguments.text("--description", options.description);
  arguments.flag("--dry-run", options.dry_run);
  arguments.words("KIND NAME", options.words, 2, 2);
  if (const auto ended = call.read(arguments, {Format::text})) return *ended;
  if (call.options().roots.size() > 1)
    return call.console().fail(misuse("new writes into one root", "give --root once"));
  const auto made = new_manifest(options.words[0], options.words[1], options.description);
  if (!made) return call.console().fail(made.error());

  const files::DiskTree tree;
  std::string given = call.options().roots.empty() ? "." : call.options().roots.front();
  auto root = tree.real_path(given);
  if (!root) return call.console().fail(root.error());
  if (call.options().roots.empty())
    if (const auto library = library_around(tree, *root)) {
      call.console().note("this folder lies in the library " + unicode::displayable(*library) +
                          ", which gets it; --root . writes it here");
      root = given = *library;
    }
  const std::string path = files::join(home_of(tree, *root), made->path);
  if (auto free = check_free(tree, *root, path); !free) return call.console().fail(free.error());
  WorkspaceOptions workspace_options = call.workspace_options();
  workspace_options.default_roots = false;
  workspace_options.roots = {{*root, Scope::project}};
  const std::string& own = call.environment().user.folder;
  const bool is_beside_own =
      call.options().roots.empty() && !own.empty() && tree.stat(own) && !files::is_within(*root, own);
  if (is_beside_own) workspace_options.roots.push_back({own, Scope::user});
  workspace_options.directory = *root;
  workspace_options.cache_directory.clear();
  workspace_options.vocabulary_path.clear();
  const auto workspace = call.open(std::move(workspace_options));
  if (!workspace) return call.console().fail(workspace.error());
  if (const auto other = namesake(workspace->registry(), *made)) {
    const bool is_hiding = other->root != 0;
    return call.console().fail(
        taken(std::string(to_string(other->kind)) + " \"" + unicode::displayable(other->name) + "\" " +
                  (is_hiding ? "of your own has that name, which would hide the new one" : "has that name"),
              is_hiding ? std::string(other->path) : files::normalise(files::join(given, other->path))));
  }

  if (!options.dry_run)
    if (auto written = write_new(path, made->text); !written) return call.console().fail(written.error());
  const std::string shown = files::normalise(files::join(given, files::relative_to(*root, path)));
  call.console().print("create " + unicode::displayable(shown) + "\n");
  if (options.dry_run)
    call.console().print("\n" + made->text);
  else
    call.console().note(std::string("next: ") +
                        (options.description ? "" : "say in its description when to use it; then: ") + "cascade why " +
                        made->name + " --prompt \"what you would type\"");
  if (!options.dry_run && call.options().roots.empty()) tell_standing(call, *made);
  return Exit::yes;
}

}  // namespace cascade::cli
