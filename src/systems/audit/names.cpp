// What documents name: commands, files and folders.

#include "audit/lists.h"
#include "audit/subject.h"
#include "files/paths.h"
#include "shell/script.h"
#include "syntax/link_parts.h"
#include "syntax/outline.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

// What stands behind a prompt: "$ make", "% make", "me@host:~/lib$ make", "PS C:\\lib> make". None: there is no prompt.
std::optional<std::string_view> behind_prompt(std::string_view line) {
  line = letters::trim(line);
  const std::string_view first = line.substr(0, line.find(' '));
  const bool is_sign = first == "$" || first == "%" || first == "\u276f" || first == "\u279c";
  const bool names_host = first.find('@') != std::string_view::npos && (first.back() == '$' || first.back() == '#');
  if (is_sign || names_host) return letters::trim(line.substr(first.size()));
  const std::size_t end = first == "PS" ? line.find("> ") : std::string_view::npos;
  if (end == std::string_view::npos) return std::nullopt;
  return letters::trim(line.substr(end + 1));
}

std::string_view without_prompt(std::string_view line) { return behind_prompt(line).value_or(letters::trim(line)); }

// "my-app.js", "path/to/it": what stands for something of the reader's.
bool has_placeholder(std::string_view text) {
  for (const std::string_view own : {"my-", "my_"})
    for (std::size_t at = text.find(own); at != std::string_view::npos; at = text.find(own, at + 1))
      if (at == 0 || text[at - 1] == '/' || text[at - 1] == ' ') return true;
  return std::ranges::any_of(std::initializer_list<std::string_view>{"...", "path/to", "your", "some_"},
                             [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool is_template(std::string_view text) {
  return text.find_first_of("<>{}*?$|") != std::string_view::npos || has_placeholder(text);
}

// The same of a command, in which the shell's own signs have their meaning: make -j$(nproc), prove t/*.t.
bool is_command_template(std::string_view line) {
  return line.find_first_of("<{") != std::string_view::npos || line.find(" [") != std::string_view::npos ||
         has_placeholder(line);
}

// How sure it is that a line is a command: it is marked as one, it may be one, or it may be prose as well.
enum class Sure : std::uint8_t { yes, guess, hardly };

struct Candidate {
  std::string_view line;
  std::uint32_t number = 0;
  Sure sure = Sure::hardly;
};

// An indented line; its candidate is empty if it is a comment.
Candidate indented_candidate(std::string_view raw, std::uint32_t number) {
  const std::string_view line = without_prompt(raw);
  if (line.empty() || line.front() == '#') return {};
  const bool has_prompt = line.size() < letters::trim(raw).size();
  return {line, number, has_prompt ? Sure::guess : Sure::hardly};
}

void add_quoted(std::string_view line, std::uint32_t number, std::vector<Candidate>& found) {
  for (std::size_t at = line.find_first_of("'\"`"); at != std::string_view::npos;
       at = line.find_first_of("'\"`", at + 1)) {
    const std::size_t end = line.find_first_of("'\"`", at + 1);
    if (end == std::string_view::npos) return;
    const std::string_view inside = line.substr(at + 1, end - at - 1);
    if (inside.find(' ') != std::string_view::npos || inside.compare(0, 2, "./") == 0)
      found.push_back({letters::trim(inside), number, Sure::hardly});
  }
}

// A document without Markdown: commands are indented, or stand between quotes.
std::vector<Candidate> plain_candidates(std::string_view text) {
  std::vector<Candidate> found;
  bool is_code = false;  // an indented line after an empty one, and those that follow it
  bool after_empty = true;
  for (letters::Line raw : lines_of(text)) {
    const std::string_view line = letters::trim(raw);
    const bool is_indented = !line.empty() && letters::is_blank(raw.front());
    is_code = is_indented && (is_code || after_empty);
    after_empty = line.empty();
    if (!is_code && !behind_prompt(line))
      add_quoted(line, raw.number, found);
    else if (const Candidate one = indented_candidate(raw, raw.number); !one.line.empty())
      found.push_back(one);
  }
  return found;
}

// Whether the lines so far want another: a backslash, an open quote or construct, a here-document without its end.
bool goes_on(std::string_view command) {
  if (command.back() == '\\' || !shell::read(command).complete) return true;
  const std::size_t at = command.find("<<");
  if (at == std::string_view::npos || command.compare(at, 3, "<<<") == 0) return false;
  std::string_view end = letters::trim(command.substr(at + 2, command.find('\n', at) - at - 2));
  while (!end.empty() && !letters::is_word(end.front())) end.remove_prefix(1);
  return command.find("\n" + std::string(letters::run_at_begin(end, letters::is_word)), at) == std::string_view::npos;
}

bool is_known_command(const Subject& subject, std::string_view line) {
  const std::string_view first = line.substr(0, line.find(' '));
  return subject.commands.is_program(first) || has(lists::everyday, first);
}

// The first word of a line, or of what follows `cd FOLDER &&`.
std::string_view first_after_folders(std::string_view line) {
  for (std::size_t joint = 0; line.compare(0, 3, "cd ") == 0 && (joint = line.find("&&")) != std::string_view::npos;)
    line = letters::trim(line.substr(joint + 2));
  return line.substr(0, line.find(' '));
}

// cd FOLDER alone.
bool is_change_of_folder(std::string_view line) {
  return line.compare(0, 3, "cd ") == 0 && line.find_first_of("&;<>$\n") == std::string_view::npos;
}

// cd /tmp/shop, also behind a program that makes it: what follows works elsewhere, until a heading.
bool leaves(std::string_view line) {
  for (const std::string_view words : {"cd /", "cd ~"})
    if (line.starts_with(words) || line.find("&& " + std::string(words)) != std::string_view::npos) return true;
  return false;
}

// The repository's own folder may be gone into by its name behind `git clone`. False: a folder that is not here, as one
// that a tutorial makes; what follows is about that.
bool goes_into(const Subject& subject, std::string_view line, bool is_cloned, std::string& folder) {
  const std::string to = path_in(folder, letters::trim(line.substr(3)));
  if (subject.repository.has_folder(to)) folder = to == "." ? "" : to;
  return subject.repository.has_folder(to) || to == "." || to.empty() || is_cloned;
}

// Whether a program that is not here may be the reader's own, be made, or be printed: `node app.js`, ./NAME without an
// ending, notes/of/somebody.txt. What instructions for agents name has to be here.
bool is_of_reader(const Subject& subject, const std::string& path, std::string_view line) {
  if (Repository::fits(path, subjects_of(subject.rows, any_ecosystem, "instructions"))) return false;
  const auto words = parts_of(line);
  const bool interpreted = has(lists::interpreters, files::file_name(words.front()));
  const auto operands = operands_of(words, 1);
  const std::string script = !interpreted ? words.front() : operands.empty() ? std::string() : operands.front();
  if (script.compare(0, 2, "./") == 0) return script.find_first_of("./", 2) == std::string::npos;
  if (!interpreted && script.find('/') == std::string::npos) return false;
  const std::size_t slash = script.find('/');
  return slash == std::string::npos || !subject.repository.has_folder(script.substr(0, slash));
}

class NameReader {
 public:
  NameReader(const Subject& subject, const std::string& path)
      : subject_(subject), path_(path), folder_(files::parent(path)), text_(subject.repository.text(path)) {}

  std::vector<Named> read() {
    const syntax::Outline outline = syntax::scan_outline(text_);
    const bool is_markdown = files::file_name(path_).find(".md") != std::string_view::npos ||
                             files::file_name(path_).find(".mark") != std::string_view::npos;
    if (!is_markdown)
      for (const Candidate& one : plain_candidates(text_)) note_command(one.line, one.number, "", one.sure);
    for (const syntax::Block& block : outline.blocks) {
      if (block.kind == syntax::BlockKind::heading) is_elsewhere_ = false;
      if (block.kind == syntax::BlockKind::fence)
        read_fence(block);
      else if (block.kind == syntax::BlockKind::indented_code && is_markdown)
        read_indented(block);
      else if (block.kind == syntax::BlockKind::paragraph || block.kind == syntax::BlockKind::table ||
               block.kind == syntax::BlockKind::heading)
        read_spans(block);
    }
    return std::move(named_);
  }

 private:
  void read_fence(const syntax::Block& block) {
    const std::string info = letters::to_lower(block.text.substr(0, block.text.find(' ')));
    const bool is_shell = info.empty() || has(lists::shell_fences, info);
    if (!is_shell) return;
    if (info.empty() || info == "text") read_diagram(block);
    const bool is_guess = info.empty() || info == "text" || info == "console" || info == "shell-session";
    const auto lines = lines_of(std::string_view(text_).substr(block.begin, block.end - block.begin));
    // Where one line has a prompt, those without are what the commands print.
    const bool has_prompts =
        std::ranges::any_of(lines, [](std::string_view line) { return behind_prompt(line).has_value(); });
    std::string folder, command;
    bool is_cloned = false;
    std::uint32_t begin = 0;
    for (const letters::Line raw : lines) {
      const std::string_view line = command.empty() ? without_prompt(raw) : letters::trim(raw);
      const std::uint32_t here = block.line + raw.number - 1;
      if (line.empty() || line.front() == '#' || line.compare(0, 3, "```") == 0 || line.compare(0, 3, "~~~") == 0)
        continue;
      if (command.empty() && has_prompts && !behind_prompt(raw)) continue;
      if (command.empty()) begin = here;
      command += (command.empty() ? "" : "\n") + std::string(line);
      if (goes_on(command) && here < begin + longest_command) continue;
      const std::string whole = std::exchange(command, {});
      is_elsewhere_ = is_elsewhere_ || leaves(whole);
      if (whole.compare(0, 4, "cd /") == 0 || whole.compare(0, 4, "cd ~") == 0) break;
      is_cloned = is_cloned || whole.find(" clone ") != std::string::npos;
      if (is_change_of_folder(whole)) {
        is_elsewhere_ = !goes_into(subject_, whole, std::exchange(is_cloned, false), folder);
        if (is_elsewhere_) break;
        continue;
      }
      // Without a prompt, what is no command begins what they print: a path is printed, unless it is a program here.
      const std::string first = whole.substr(0, whole.find(' '));
      const bool is_printed = first.find('/') != std::string::npos && first.compare(0, 2, "./") != 0 &&
                              !subject_.repository.has(path_in(folder, first)) && !subject_.commands.is_program(first);
      if (is_printed) break;
      if (is_guess && !has_prompts && !is_known_command(subject_, whole)) break;
      note_command(whole, begin, folder, is_guess ? Sure::guess : Sure::yes);
    }
  }

  void read_indented(const syntax::Block& block) {
    for (const letters::Line raw : lines_of(std::string_view(text_).substr(block.begin, block.end - block.begin)))
      if (const Candidate one = indented_candidate(raw, block.line + raw.number - 1); !one.line.empty())
        note_command(one.line, one.number, "", one.sure);
  }

  // A drawing of folders: what it shows below the first one is not followed, so nothing in it counts as missing.
  void read_diagram(const syntax::Block& block) {
    for (const letters::Line line : lines_of(std::string_view(text_).substr(block.begin, block.end - block.begin)))
      for (const std::string& word : parts_of(line))
        if (word.size() > 1 && word.back() == '/' && subject_.repository.has_folder(word) && named_.size() < 500)
          named_.push_back({{path_, block.line + line.number - 1}, word, false, {}, true, false, {}});
  }

  void read_spans(const syntax::Block& block) {
    for (const syntax::InlineSpan& span : syntax::scan_inline(text_, block.begin, block.end)) {
      if (span.kind != syntax::InlineSpan::Kind::code) continue;
      std::string_view code = std::string_view(text_).substr(span.begin, span.end - span.begin);
      while (!code.empty() && code.front() == '`') code.remove_prefix(1);
      while (!code.empty() && code.back() == '`') code.remove_suffix(1);
      code = letters::trim(code);
      const std::uint32_t line = line_at(text_, span.begin);
      if (code.find(' ') != std::string_view::npos || code.compare(0, 2, "./") == 0)
        note_command(code, line, "", Sure::guess);
      else
        note_path(code, line);
    }
    read_links(block);
  }

  void read_links(const syntax::Block& block) {
    const std::string_view part = std::string_view(text_).substr(block.begin, block.end - block.begin);
    for (auto link = syntax::next_link(part, 0); link; link = syntax::next_link(part, link->close)) {
      const std::string_view written = link->destination(part), target = written.substr(0, written.find('#'));
      if (target.empty() || target.find(':') != std::string_view::npos || target.front() == '/') continue;
      note_path(target, line_at(text_, block.begin + link->bracket));
    }
  }

  void note_command(std::string_view line, std::uint32_t number, const std::string& folder, Sure sure) {
    if (const std::size_t comment = line.find(" #"); line.find_first_of("'\"") > comment)
      line = letters::trim(line.substr(0, comment));
    if (is_command_template(line) || named_.size() > 500 || line.empty() || line.front() == '>') return;
    if (sure != Sure::yes && !subject_.commands.is_program(first_after_folders(line))) return;
    Named named{{path_, number}, std::string(line), true, subject_.commands.judge(line, folder), false, false, {}};
    if (const Started* missing = named.judged.missing()) {
      if (sure == Sure::hardly || is_elsewhere_ || is_of_reader(subject_, path_, line)) return;
      named.missing = true;
      named.why = missing->why;
    }
    named.there = !named.missing && named.judged.is_anything_there();
    named_.push_back(std::move(named));
  }

  bool was_here(const std::string& path) const {
    return subject_.past && std::ranges::any_of(subject_.past->commits, [&](const PastCommit& commit) {
             return std::ranges::find(commit.paths, path) != commit.paths.end();
           });
  }

  // A word is a path if its first folder is here, or if it looks like a file.
  void note_path(std::string_view word, std::uint32_t line) {
    if (word.empty() || is_template(word) || named_.size() > 500 || word.front() == '/' || word.front() == '~' ||
        word.front() == '-' || word.front() == '@' || word.find_first_of(":()[]=,;\"' ") != std::string_view::npos)
      return;
    const std::size_t slash = word.find('/'), dot = word.rfind('.');
    const bool has_ending =
        dot != std::string_view::npos && dot > 0 && dot + 1 < word.size() && word.size() - dot <= 6 &&
        word.substr(dot + 1) != "git" &&
        std::all_of(word.begin() + static_cast<std::ptrdiff_t>(dot) + 1, word.end(), letters::is_letter);
    const std::string beside = path_in(folder_, word);
    const std::string path = files::normalise(word);
    const Repository& here = subject_.repository;
    Named named{{path_, line}, std::string(word), false, {}, false, false, {}};
    named.there = here.has(path) || here.has(beside) || (slash == std::string_view::npos && here.has_named(word));
    if (!named.there) {
      if (slash == std::string_view::npos) return;  // a lone name may be anything: a module, a domain, a variable
      const bool first_is_here = here.has_folder(word.substr(0, slash)) && word.substr(0, slash) != ".";
      const bool is_deep = word.back() == '/' || word.find('/', slash + 1) != std::string_view::npos;
      if (!has_ending && !(first_is_here && is_deep)) return;
      // An example's file is in no folder of this repository, nor was it ever.
      const bool parent_is_here = here.has_folder(std::string(files::parent(path)));
      if (!(is_instruction_ ? first_is_here : parent_is_here && is_deep) && !was_here(path)) return;
      if (here.is_on_disk(path) || path.compare(0, 2, "..") == 0) return;
      named.missing = true;
      named.why = "there is no " + path;
    }
    if (named.there && slash != std::string_view::npos && here.has_file(path) && here.is_executable(path))
      note_command("./" + path, line, "", Sure::guess);
    named_.push_back(std::move(named));
  }

  static constexpr std::uint32_t longest_command = 30;  // in lines
  const Subject& subject_;
  std::string path_, folder_;
  const std::string& text_;
  bool is_instruction_ = Repository::fits(path_, subjects_of(subject_.rows, any_ecosystem, "instructions"));
  bool is_elsewhere_ = false;  // the fences above went into a folder that is not here
  std::vector<Named> named_;
};

}  // namespace

std::vector<Named> names_in(const Subject& subject, const std::string& path) {
  return NameReader(subject, path).read();
}

}  // namespace cascade::audit
