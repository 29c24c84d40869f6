// Whose facts apply here: the project by its remote's address, so that all clones of it share them, else by its folder;
// the user by the address that git signs commits with. git's files are read and git is not started, because this runs
// for every prompt.
#include "facts/fact.h"

#include "files/paths.h"
#include "git/address.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"

#include <chrono>

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
  for (std::string_view line : letters::lines(text)) {
    line = letters::trim(line);
    if (line.starts_with('[')) {
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
  constexpr std::string_view ending = ".git";  // facts are kept without it
  if (!url.empty() && place.project.ends_with(ending)) place.project.resize(place.project.size() - ending.size());
  place.user = email_of(repository, home, config, tree);
  return place;
}

// Dates are days of the Gregorian calendar in UTC, without the system's time zone: a fact that ends on a day ends at
// the same moment on every machine.

constexpr std::int64_t seconds_a_day = 86'400;

constexpr letters::Names<Scope::team> scope_names("project", "user", "team");
std::string_view to_string(Scope scope) noexcept { return scope_names.of(scope); }

std::optional<Scope> parse_scope(std::string_view text) noexcept { return scope_names.find(text); }

constexpr letters::Names<State::retired> state_names("live", "candidate", "superseded", "retired");
std::string_view to_string(State state) noexcept { return state_names.of(state); }

std::optional<State> parse_state(std::string_view text) noexcept { return state_names.find(text); }

std::string date_of(std::int64_t seconds) {
  if (seconds <= 0) return {};
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{seconds / seconds_a_day}}};
  const auto two = [](auto part) {
    const std::string digits = std::to_string(static_cast<unsigned>(part));
    return (digits.size() < 2 ? "-0" : "-") + digits;
  };
  return std::to_string(static_cast<int>(date.year())) + two(date.month()) + two(date.day());
}

std::optional<std::int64_t> begin_of_day(std::string_view date) {
  if (date.size() < 10 || date[4] != '-' || date[7] != '-' || (date.size() > 10 && date[10] != 'T'))
    return std::nullopt;
  int parts[3] = {0, 0, 0};
  const std::size_t begins[3] = {0, 5, 8}, lengths[3] = {4, 2, 2};
  for (int part = 0; part < 3; ++part)
    for (const char c : date.substr(begins[part], lengths[part])) {
      if (!letters::is_digit(c)) return std::nullopt;
      parts[part] = parts[part] * 10 + (c - '0');
    }
  const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                        std::chrono::month{static_cast<unsigned>(parts[1])},
                                        std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (parts[0] < 1970 || !day.ok()) return std::nullopt;
  return std::chrono::sys_days{day}.time_since_epoch().count() * seconds_a_day;
}

std::optional<std::int64_t> end_of_day(std::string_view date) {
  const auto begin = begin_of_day(date);
  return begin ? std::optional<std::int64_t>(*begin + seconds_a_day - 1) : std::nullopt;
}

}  // namespace cascade::recall
