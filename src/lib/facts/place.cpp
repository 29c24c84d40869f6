// Whose facts apply here: the project by its remote's address, so that all clones of it share them, else by its folder;
// the user by the address that git signs commits with. git's files are read and git is not started, because this runs
// for every prompt.
#include "facts/place.h"

#include <string_view>

#include "files/paths.h"
#include "git/address.h"
#include "text/ascii.h"

namespace cascade::recall {
namespace {

constexpr std::uint64_t max_bytes = 1 << 20;

std::string read(const files::Tree& tree, const std::string& path) {
  auto text = tree.read(path, max_bytes);
  return text ? *std::move(text) : std::string();
}

// A value of git's configuration without comments, quotes and escapes.
std::string value_of(std::string_view text) {
  std::string value;
  bool quoted = false;
  text = letters::trim(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '#' || c == ';')) {
      break;
    } else if (c == '\\' && i + 1 < text.size()) {
      value += text[++i];
    } else {
      value += c;
    }
  }
  return std::string(letters::trim(value));
}

// The last value of a key in a section, such as "url" in "remote \"origin\"". Case is ignored in both names.
std::string setting(std::string_view text, std::string_view section, std::string_view key) {
  std::string found;
  bool inside = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = letters::trim(text.substr(begin, end - begin));
    begin = end + 1;
    if (!line.empty() && line.front() == '[') {
      const std::size_t close = line.rfind(']');
      inside = close != std::string_view::npos && letters::equals_folded(line.substr(1, close - 1), section);
      continue;
    }
    const std::size_t equals = line.find('=');
    if (!inside || equals == std::string_view::npos) continue;
    if (letters::equals_folded(letters::trim(line.substr(0, equals)), key)) found = value_of(line.substr(equals + 1));
  }
  return found;
}

struct Repository {
  std::string work_tree, configuration;  // empty: no repository
};

// Walks up to the nearest .git. In a linked work tree .git is a file that names a folder inside the main repository's
// .git.
Repository repository_of(const std::string& directory, const files::Tree& tree) {
  for (std::string folder = files::normalise(directory);; folder = std::string(files::parent(folder))) {
    std::string git = files::join(folder, ".git");
    if (const auto stamp = tree.stat(git)) {
      if (!stamp->directory) {
        const std::string link = read(tree, git);
        if (link.rfind("gitdir:", 0) != 0) return {folder, {}};
        git = files::join(folder, letters::trim(std::string_view(link).substr(7)));
        const std::string common = read(tree, files::join(git, "commondir"));
        if (!common.empty()) git = files::normalise(files::join(git, letters::trim(common)));
        // All work trees of a repository are one project even without an origin: that of the main work tree.
        if (!common.empty() && files::file_name(git) == ".git") folder = std::string(files::parent(git));
      }
      return {folder, read(tree, files::join(git, "config"))};
    }
    if (files::parent(folder) == folder || files::parent(folder).empty()) return {};
  }
}

std::string email_of(const Repository& repository, const std::string& home, const std::string& config,
                     const files::Tree& tree) {
  std::string email = setting(repository.configuration, "user", "email");
  if (email.empty() && !home.empty()) email = setting(read(tree, files::join(home, ".gitconfig")), "user", "email");
  const std::string folder = !config.empty() ? config : home.empty() ? std::string() : files::join(home, ".config");
  if (email.empty() && !folder.empty()) email = setting(read(tree, files::join(folder, "git/config")), "user", "email");
  return letters::to_lower(email);
}

}  // namespace

Place place_of(const std::string& directory, const std::string& home, const std::string& config,
               const files::Tree& tree) {
  auto real = tree.real_path(directory);
  const std::string folder = real ? *std::move(real) : directory;
  const Repository repository = repository_of(folder, tree);
  Place place;
  const std::string url = setting(repository.configuration, "remote \"origin\"", "url");
  place.project = !url.empty()                    ? repository::normal_address(url, repository.work_tree, tree)
                  : !repository.work_tree.empty() ? repository.work_tree
                                                  : folder;
  place.user = email_of(repository, home, config, tree);
  return place;
}

}  // namespace cascade::recall
