// What is read without a fault may still be nothing that anybody asks for: a key in a file where it has no effect, or a
// file whose name or folder nobody looks at. settings.tsv knows both.
#include "workspace/configuration.h"

#include <algorithm>
#include <set>

#include "client/tables.h"
#include "files/paths.h"
#include "policy/policy.h"
#include "policy/setting.h"
#include "syntax/yaml.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"

namespace cascade::workspace {
namespace {

constexpr std::uint64_t most_hook_file_bytes = 1 << 20;
constexpr std::string_view sleeping[] = {"gates", "store", "team"};

bool raises_tiers(const files::Tree& tree, const std::string& path) {
  const auto text = tree.read(path, most_configuration_bytes);
  const syntax::Node root = text ? syntax::parse_settings(*text).root : syntax::Node();
  const syntax::Node* tiers = root.kind == syntax::NodeKind::map ? root.find("tiers") : nullptr;
  policy::Policy own;
  return tiers != nullptr && !policy::read_key("tiers", *tiers, own) && own.tier_list.raises();
}

class Search {
 public:
  Search(const files::Tree& tree, const SettingPlaces& places) : tree_(tree), places_(places) {}

  std::vector<Diagnostic> take(bool only_users) {
    users(!only_users);
    if (only_users) return std::move(found_);
    if (!places_.users_file.empty()) around_users(std::string(files::parent(places_.users_file)));
    for (const std::string& directory : places_.directories) project(directory);
    for (const client::HookPlace& file : places_.hook_files) hooks(file);
    return std::move(found_);
  }

 private:
  void add(Severity severity, std::string path, std::string message, std::string help) {
    const auto is_told = [&](const Diagnostic& one) { return one.at.path == path && one.message == message; };
    if (std::ranges::none_of(found_, is_told))
      found_.push_back(setting_fault(severity, std::move(path), std::move(message), std::move(help)));
  }

  void faults_of(const Configuration& read) {
    for (const Error& fault : read.faults) add(Severity::error, fault.path, fault.message, fault.help);
  }

  // One that is gone keeps nothing else from being read.
  void missing_libraries(Configuration read) {
    read.faults.clear();
    drop_missing_roots(tree_, read);
    for (const Error& fault : read.faults) add(Severity::warning, fault.path, fault.message, fault.help);
  }

  void keys_out_of_place(const Configuration& read) {
    for (const auto& [key, at] : read.keys) {
      const policy::Setting* const known = policy::find_setting(key);
      if (known == nullptr || known->place == policy::Place::both) continue;
      add(Severity::warning, policy::place_in(read.path, at), key + " has no effect in your own file",
          "write it into the cascade.yaml of a project");
    }
  }

  void left_out(const Configuration& read) {
    for (const LeftOut& one : read.left_out)
      add(Severity::warning, policy::place_in(read.path, one.at),
          one.name + " has no effect: " +
              (one.folder == policy::gone ? "it is no longer read" : "this cascade is built without " + one.folder),
          one.folder == policy::gone ? "take the line out" : "install a cascade that has it, or take the line out");
  }

  void users(bool looks_at_roots) {
    if (places_.users_file.empty()) return;
    const std::string folder(files::parent(places_.users_file));
    auto text = tree_.read(places_.users_file, most_configuration_bytes);
    Configuration read;
    if (text)
      read = read_configuration(*text, places_.users_file, folder, places_.home);
    else if (text.error().code != ErrorCode::not_found)
      read.faults.push_back(unreadable(text.error(), places_.users_file));
    faults_of(read);
    if (looks_at_roots) missing_libraries(read);
    keys_out_of_place(read);
    left_out(read);
  }

  void around_users(const std::string& folder) {
    stray_files(folder);
    for (const char* const name : {"cascade.prompts", "cascade.triggers.yaml"})
      if (tree_.stat(files::join(folder, name)))
        add(Severity::warning, files::join(folder, name), "is not read there",
            "move it beside the skills that it is about");
  }

  // The directory, and the folders above it up to the top of the repository.
  void project(const std::string& directory) {
    std::string_view folder = directory;
    for (bool inside = true; inside; folder = files::parent(folder)) {
      stray_files(std::string(folder));
      in_clients_folder(std::string(folder));
      inside = folder != places_.home && !files::parent(folder).empty() && files::parent(folder) != folder &&
               !tree_.stat(files::join(std::string(folder), ".git"));
    }
    Configuration read = find_configuration(tree_, directory, places_.is_allowed, places_.home);
    drop_missing_roots(tree_, read);
    for (const Diagnostic& problem : read.problems)
      add(Severity::warning, problem.at.path, problem.message, problem.help);
    if (read.path.empty() || read.path == places_.users_file || !seen_.insert(read.path).second) return;
    faults_of(read);
    left_out(read);
    asleep(read);
  }

  void hooks(const client::HookPlace& file) {
    if (!seen_.insert(file.path).second) return;
    if (const auto stamp = tree_.stat(file.path); !stamp || stamp->directory) {
      if (stamp) add(Severity::warning, file.path, "is a folder", "make it a file");
      return;
    }
    const auto text = tree_.read(file.path, most_hook_file_bytes);
    if (!text) return;
    for (const client::HookFileFault& fault : client::hook_file_faults(*file.client, *text))
      add(Severity::warning, policy::place_in(file.path, {fault.line, fault.column}), fault.message, fault.help);
  }

  // What would send, fetch or run anything waits for the user.
  void asleep(const Configuration& read) {
    std::vector<std::string_view> keys;
    for (const auto& [key, at] : read.keys) {
      if (std::ranges::find(sleeping, key) != std::end(sleeping)) keys.emplace_back(key);
      if (key == "tiers" && raises_tiers(tree_, read.path)) keys.emplace_back("tiers.raise");
    }
    if (keys.empty()) return;
    const policy::Policy both =
        policy::readable_policy(tree_, places_.users_file, std::string(files::parent(read.path)));
    if (both.asleep == read.path)
      add(Severity::warning, read.path,
          letters::listed({keys.data(), keys.size()}) + ": not obeyed before you allow it",
          "read it, then: cascade allow " + read.path);
  }

  // Files that look like ours under a name that nobody reads. Some systems find the right one by another spelling.
  void stray_files(const std::string& folder) {
    if (!seen_.insert(folder).second) return;
    for (const policy::Stray& stray : policy::stray_files()) {
      const std::string path = files::join(folder, std::string(stray.name));
      const auto stamp = tree_.stat(path);
      if (!stamp || stamp->directory) continue;
      const auto right = tree_.stat(files::join(folder, std::string(stray.right)));
      if (right && *right == *stamp) continue;
      add(Severity::warning, path, "is not read under this name", "call it " + std::string(stray.right));
    }
  }

  // A library's files in a client's folder rather than beside it; the user's own folder is a library itself.
  void in_clients_folder(const std::string& folder) {
    if (folder == places_.home || !seen_.insert(files::join(folder, std::string(client::usual_folder))).second) return;
    for (const char* const name : {"cascade.yaml", "cascade.prompts", "cascade.triggers.yaml"}) {
      const std::string path = files::join(folder, std::string(client::usual_folder) + "/" + name);
      if (tree_.stat(path))
        add(Severity::warning, path, "is not read there", "move it to " + files::join(folder, name));
    }
  }

  const files::Tree& tree_;
  const SettingPlaces& places_;
  std::vector<Diagnostic> found_;
  std::set<std::string> seen_;
};

std::vector<Diagnostic> with_those_of(std::vector<Diagnostic> found, const std::vector<Diagnostic>& problems) {
  std::set<std::string> told;
  for (const Diagnostic& fault : found) told.insert(fault.at.path);
  for (const Diagnostic& problem : problems)
    if (problem.rule.empty() && told.insert(problem.at.path).second) found.push_back(problem);
  return found;
}

}  // namespace

Diagnostic setting_fault(Severity severity, std::string path, std::string message, std::string help) {
  Diagnostic fault;
  fault.severity = severity;
  fault.at.path = std::move(path);
  fault.message = std::move(message);
  fault.help = std::move(help);
  return fault;
}

Diagnostic overlay_fault(const std::string& line) {
  const std::size_t end = std::min(line.find(": "), line.size());
  return setting_fault(Severity::warning, line.substr(0, end), line.substr(std::min(end + 2, line.size())), {});
}

std::vector<Diagnostic> setting_faults(const files::Tree& tree, const SettingPlaces& places,
                                       const std::vector<Diagnostic>& problems) {
  return with_those_of(Search(tree, places).take(false), problems);
}

std::vector<Diagnostic> read_setting_faults(const files::Tree& tree, const SettingPlaces& places,
                                            const std::vector<Diagnostic>& problems) {
  return with_those_of(Search(tree, places).take(true), problems);
}

std::optional<Error> first_setting_fault(const std::vector<Diagnostic>& problems) {
  for (const Diagnostic& problem : problems)
    if (problem.rule.empty() && problem.severity == Severity::error)
      return Error{ErrorCode::misuse, problem.message, problem.at.path, problem.help};
  return std::nullopt;
}

std::string fault_line(const Diagnostic& fault) {
  std::string line = fault.at.path + ": " + fault.message;
  if (!fault.help.empty()) line += "; " + fault.help;
  return unicode::displayable(line);
}

}  // namespace cascade::workspace
