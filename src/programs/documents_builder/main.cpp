// cascade-documents FOLDER: writes the manual pages (man1/) and the shell completions (completions/) into FOLDER. The
// input is the program's table of verbs and the pages of docs/cli/, which are compiled into it.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "cli/help.h"
#include "cli/verbs.h"
#include "client/dialect.h"
#include "documents_builder/page.h"
#include "policy/setting.h"
#include "text/lines.h"

namespace {

namespace fs = std::filesystem;

bool write(const fs::path& path, const std::string& text) {
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) std::fprintf(stderr, "cascade-documents: %s: cannot write it\n", path.c_str());
  return bool(out);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace cascade::documents;
  if (argc != 2) {
    std::fprintf(stderr, "usage: cascade-documents FOLDER\n");
    return 2;
  }
  const fs::path folder = argv[1], man = folder / "man1", completions = folder / "completions";
  const Program program = describe(CASCADE_VERSION);
  bool written = write(man / "cascade.1", man_page(program));
  for (const Verb& verb : program.verbs)
    written = write(man / ("cascade-" + verb.name + ".1"), man_page(program, verb)) && written;
  written = write(completions / "cascade", bash_completion(program)) && written;
  written = write(completions / "_cascade", zsh_completion(program)) && written;
  written = write(completions / "cascade.fish", fish_completion(program)) && written;
  return written ? 0 : 1;
}

// Extracts options from the pages of docs/cli, so that completions, manual pages and help have one source. A bullet
// below a heading "Options" is cut at the first colon after a backtick or bracket; the code marks before it are
// options, the text after it gives their values. If a page refers to another one for values, they are copied from
// there.

namespace cascade::documents {
namespace {

// The texts between backticks.
std::vector<std::string> quoted_in(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t open = text.find('`'); open != std::string_view::npos;) {
    const std::size_t close = text.find('`', open + 1);
    if (close == std::string_view::npos) break;
    found.emplace_back(text.substr(open + 1, close - open - 1));
    open = text.find('`', close + 1);
  }
  return found;
}

// The bullets of the sections "Options", each on one line and without its dash.
std::vector<std::string> bullets_of(std::string_view page) {
  std::vector<std::string> bullets;
  bool inside = false, open = false;
  for (const std::string_view line : letters::lines(page)) {
    if (line.starts_with("## ")) inside = line.starts_with("## Options");
    if (!inside) continue;
    if (line.starts_with("- ")) {
      bullets.emplace_back(line.substr(2));
      open = true;
    } else if (open && line.starts_with("  ")) {
      bullets.back() += line.substr(1);
    } else {
      open = false;
    }
  }
  return bullets;
}

// Whether this is an argument whose values pages list in backticks.
bool is_listed(std::string_view argument) {
  for (const std::string_view word : {"KIND", "LAYER", "SCOPE", "STRENGTH", "SEVERITY", "PROFILE", "FORMAT"})
    if (argument.starts_with(word)) return true;
  return false;
}

bool is_value(std::string_view word) {
  return !word.empty() && word.front() != '-' &&
         word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
}

std::vector<std::string> values_of(const Option& option, std::string_view text) {
  std::vector<std::string> values;
  const std::string& argument = option.argument;
  if (argument.find('|') != std::string::npos) {
    for (const std::string_view value : letters::parts(argument, '|')) values.emplace_back(value);
  } else if (is_listed(argument)) {
    for (const std::string& word : quoted_in(text))
      if (is_value(word)) values.push_back(word);
  }
  return values;
}

std::string first_sentence(std::string_view text) {
  std::string plain = without_marks(text);
  const std::size_t end = std::min(plain.find(';'), plain.find(". "));
  plain.resize(std::min(plain.size(), end));
  if (!plain.empty() && plain.back() == '.') plain.pop_back();
  return plain;
}

void add_bullet(const std::string& bullet, std::vector<Option>& into) {
  // The head ends at the first colon that follows a backtick or a bracket.
  std::size_t colon = bullet.find(": ");
  while (colon != std::string::npos && bullet[colon - 1] != '`' && bullet[colon - 1] != ')')
    colon = bullet.find(": ", colon + 1);
  if (colon == std::string::npos) return;
  const std::string_view head = std::string_view(bullet).substr(0, colon);
  const std::string text = bullet.substr(colon + 2);
  const bool others = head.find("(or ") != std::string_view::npos;
  for (const std::string& word : quoted_in(head)) {
    if (!word.starts_with("-")) continue;
    Option option;
    const std::size_t space = word.find(' ');
    option.name = word.substr(0, space);
    if (space != std::string::npos) option.argument = word.substr(space + 1);
    if (option.argument.empty() && others && !into.empty()) option.argument = into.back().argument;
    if (option.name == "--format" && option.argument.empty()) option.argument = "FORMAT";
    option.list = option.argument.find(",...") != std::string::npos;
    option.values = values_of(option, text);
    option.text = first_sentence(text);
    const bool known = std::ranges::any_of(into, [&](const Option& other) { return other.name == option.name; });
    if (!known) into.push_back(std::move(option));
  }
}

// What stands in the program's own tables.
void add_known_values(Verb& verb) {
  for (Option& option : verb.options) {
    if (option.name == "--client")
      for (const client::Dialect* const dialect : client::dialects()) option.values.emplace_back(dialect->name);
    if (!option.argument.starts_with("SYSTEM")) continue;
    option.values.emplace_back("none");
    for (const policy::KnownName& known : policy::known_systems) {
      if (policy::find_system(known.name) == nullptr) continue;
      option.values.emplace_back(known.name);
      if (!known.folder.empty() && known.folder != known.name) option.values.emplace_back(known.folder);
    }
  }
}

// "as for `cascade bundle`": the values are on another page.
void borrow_values(std::vector<Verb>& verbs) {
  for (Verb& verb : verbs)
    for (Option& option : verb.options)
      for (const Verb& other : verbs)
        for (const Option& same : other.options)
          if (option.values.empty() && is_listed(option.argument) && same.name == option.name)
            option.values = same.values;
}

// The options that a page's sections "Options" list, each once.
std::vector<Option> options_of(std::string_view page) {
  std::vector<Option> options;
  for (const std::string& bullet : bullets_of(page)) add_bullet(bullet, options);
  return options;
}

}  // namespace

std::string without_marks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t middle = text[i] == '[' ? text.find("](", i) : std::string_view::npos;
    const std::size_t close = middle == std::string_view::npos ? middle : text.find(')', middle);
    if (close != std::string_view::npos && text.substr(i + 1, middle - i - 1).find('[') == std::string_view::npos) {
      out.append(without_marks(text.substr(i + 1, middle - i - 1)));
      i = close;
    } else if (text[i] != '`') {
      out += text[i];
    }
  }
  return out;
}

Program describe(std::string_view version) {
  Program program;
  program.version = version;
  program.page = cli::page("cascade");
  program.options = options_of(program.page);
  for (const cli::Verb& verb : cli::verbs()) {
    if (verb.is_hidden()) continue;
    const std::string page(cli::page(verb.name));
    const char* names = verb.words == cli::Words::manifests  ? "manifests"
                        : verb.words == cli::Words::sessions ? "sessions"
                                                             : "";
    const auto taken = cli::actions_of(verb);
    const bool is_help = verb.name == "help";
    const auto actions = is_help ? cli::help_words() : std::vector<std::string>(taken.begin(), taken.end());
    program.verbs.push_back(
        {std::string(verb.name), std::string(verb.help), page, options_of(page), actions, is_help, names});
    add_known_values(program.verbs.back());
  }
  borrow_values(program.verbs);
  return program;
}

}  // namespace cascade::documents
