// Finds what has a mark where it begins: fences, tags, comments, front matter, diffs, mails, chats. Each is followed to
// its own end. The end of a tag is sought once for each name, so that the whole stays linear.
#include <algorithm>

#include "prompt/line_heads.h"
#include "prompt/parts.h"
#include "prompt/words.h"

namespace cascade::prompt {
namespace {

// The lines that a hunk has still to come; an empty line belongs to it only then.
struct Hunk {
  std::size_t old_lines = 0, new_lines = 0;
  bool open() const { return old_lines > 0 || new_lines > 0; }
  void see(char mark) {
    if (mark != '+' && old_lines > 0) --old_lines;
    if (mark != '-' && new_lines > 0) --new_lines;
  }
};

std::size_t number(Scan& scan) {
  std::size_t value = 0;
  for (int i = 0; i < 7 && letters::is_digit(scan.peek()); ++i) {
    value = value * 10 + static_cast<std::size_t>(scan.peek() - '0');
    scan.eat(scan.peek());
  }
  return value;
}

Hunk hunk_of(std::string_view line) {
  Hunk hunk;
  Scan scan(line);
  if (!scan.eat("@@ -")) return hunk;
  number(scan);
  hunk.old_lines = scan.eat(',') ? number(scan) : 1;
  if (!scan.eat(" +")) return {};
  number(scan);
  hunk.new_lines = scan.eat(',') ? number(scan) : 1;
  return hunk;
}

bool is_diff_note(std::string_view line) {
  return line.starts_with("\\ No newline") ||
         std::ranges::any_of(heads::diff_notes, [&](std::string_view head) { return line.starts_with(head); });
}

struct Speaker {
  std::string_view name;
  bool timed = false, alone = false;  // with a time; on a line of its own, above the words
};

constexpr std::size_t longest_name = 40;
constexpr std::string_view wide_colon = "\xEF\xBC\x9A";

bool in_name(char c) {
  return letters::is_name(c) || c == '.' || c == ' ' || c == '@' || c == '(' || c == ')' || c == '\'' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// One to `most` words, none of which people put before their own sentences.
bool is_name(std::string_view name, std::size_t most) noexcept {
  if (name.empty() || name.size() > longest_name) return false;
  if (name.find("\xE2\x80\x9C") != std::string_view::npos || name.find('(') == 0) return false;
  std::size_t count = 0;
  TokenReader words(name);
  for (Token token; words.next(token);) {
    if (!token.unspaced) ++count;
    if ((token.roles &
         (roles::label | roles::self | roles::says | roles::source | roles::from | roles::level | roles::ask)) != 0)
      return false;
  }
  return count <= most && !letters::is_digit(name.front());
}

// The time at the beginning, in brackets or not, is skipped.
std::string_view behind_time(std::string_view text) noexcept {
  std::size_t at = 0;
  if (text[0] == '[' || text[0] == '(') {
    const std::size_t end = text.find_first_of("])");
    at = end == std::string_view::npos ? 0 : end + 1;
  } else {
    while (at < text.size() &&
           (letters::is_digit(text[at]) || std::string_view(":.,-/TZ").find(text[at]) != std::string_view::npos ||
            (text[at] == ' ' && at + 1 < text.size() && letters::is_digit(text[at + 1]))))
      ++at;
    Scan half(text.substr(at));
    half.blanks();
    if (half.eat_one_of("aApP") && half.eat_one_of("mM")) at = text.size() - half.rest().size();
  }
  Scan rest(text.substr(at));
  rest.blanks();
  if (rest.eat('-') || rest.eat("\xE2\x80\x93")) rest.blanks();
  return rest.rest();
}

// "bob: text", "@bob: text", "<bob> text", "[10:32] bob: text", "Bob Smith  10:32 AM".
Speaker speaker_of(std::string_view text) noexcept {
  Speaker speaker;
  if (text.empty()) return speaker;
  if (begins_with_time(text)) {
    speaker.timed = true;
    text = behind_time(text);
    if (text.empty()) return {};
  }
  if (text[0] == '<') {
    const std::size_t end = text.find("> ");
    if (end == std::string_view::npos || text.find("</") != std::string_view::npos ||
        !is_name(text.substr(1, end - 1), 2))
      return {};
    speaker.name = text.substr(1, end - 1);
    return speaker;
  }
  Scan scan(text);
  if (!scan.eat_while(in_name, 1, longest_name)) return {};
  std::string_view name = text.substr(0, text.size() - scan.rest().size());
  if (const std::size_t wide = name.find(wide_colon); wide != std::string_view::npos && wide > 0) {
    name = name.substr(0, wide);
  } else if (scan.eat(':')) {
    if (!scan.at_end() && scan.peek() != ' ') {
      // "Bob Smith  10:32 AM": the digits before the colon belong to the time.
      std::size_t digits = name.size();
      while (digits > 0 && letters::is_digit(name[digits - 1])) --digits;
      const std::string_view time = letters::trim(text.substr(digits));
      if (digits == name.size() || digits < 2 || time.size() > 9 || !begins_with_time(time)) return {};
      name = letters::trim(name.substr(0, digits));
      speaker.timed = speaker.alone = true;
    }
  } else if (scan.eat('[')) {
    // "bob [10:32]: text"
    if (!begins_with_time(scan.rest())) return {};
    speaker.timed = true;
  } else {
    return {};
  }
  name = letters::trim(name);
  if (!name.empty() && name.front() == '@') name.remove_prefix(1);
  if (!is_name(name, speaker.timed ? 4 : 2)) return {};
  speaker.name = name;
  return speaker;
}

struct ChatCount {
  std::size_t spoken = 0, timed = 0, as_data = 0;
  bool again = false;  // somebody spoke twice
  std::vector<std::string_view> names;

  void add(const Speaker& speaker, const LineLook& look) {
    constexpr std::size_t most_names = 8;
    ++spoken;
    timed += speaker.timed ? 1 : 0;
    as_data += look.kind == PartKind::data && look.looks != Looks::plain ? 1 : 0;
    if (std::ranges::find(names, speaker.name) != names.end())
      again = true;
    else if (names.size() < most_names)
      names.push_back(speaker.name);
  }
  bool is_chat() const { return spoken >= 2 && (timed >= 1 || again || as_data < spoken); }
};

}  // namespace

class Regions {
 public:
  explicit Regions(Blocks& blocks) : all_(blocks) {}

  void find() {
    for (std::size_t at = 0; at < all_.size();) {
      std::size_t end = at;
      if (!all_.lines[at].blank)
        for (const auto form : {&Regions::fence, &Regions::front_matter, &Regions::enclosed, &Regions::diff,
                                &Regions::mail, &Regions::chat})
          if (end == at) end = (this->*form)(at);
      at = std::max(end, at + 1);
    }
  }

 private:
  std::size_t fence(std::size_t at);
  std::size_t enclosed(std::size_t at);
  std::size_t front_matter(std::size_t at);
  std::size_t diff(std::size_t at);
  std::size_t mail(std::size_t at);
  std::size_t chat(std::size_t at);
  // "From: x", "Betreff: x".
  bool is_header(std::size_t line) const {
    const std::string_view own = letters::trim(all_.text_of(line));
    std::size_t colon = own.find(':'), length = 1;
    if (const std::size_t wide = own.find("\xEF\xBC\x9A"); wide < colon) {
      colon = wide;
      length = 3;
    }
    if (colon == std::string_view::npos || colon == 0 || colon > 24 || colon + length >= own.size()) return false;
    std::string_view name = own.substr(0, colon);
    while (!name.empty() && (name.front() == '*' || name.front() == '>')) name.remove_prefix(1);
    while (!name.empty() && (name.back() == '*' || name.back() == ' ')) name.remove_suffix(1);
    return (roles_of(name) & roles::header) != 0 ||
           (longest_word(name).length == name.size() && (longest_word(name).roles & roles::header) != 0);
  }

  // "On Mon, Bob <b@x.org> wrote:", "Am 02.01.2024 um 10:00 schrieb Bob:", "пн, 2 янв. 2024 г. в 10:00, Bob <b@x>:".
  bool is_attribution(std::size_t line) const {
    const std::string_view own = letters::trim(all_.text_of(line));
    if (own.size() < 12 || own.size() > 300) return false;
    if (own.back() != ':' && own.substr(own.size() - 3) != "\xEF\xBC\x9A") return false;
    std::size_t numbers = 0;
    bool says = own.find('@') != std::string_view::npos && own.find('<') != std::string_view::npos;
    TokenReader words(own);
    for (Token token; words.next(token);) {
      if (letters::is_digit(own[token.begin])) ++numbers;
      says = says || (token.roles & roles::says) != 0;
    }
    return says && numbers >= 2;
  }

  // "---------- Forwarded message ---------", "-----Ursprüngliche Nachricht-----".
  bool is_forward(std::size_t line) const {
    const std::string_view own = letters::trim(all_.text_of(line));
    return own.size() >= 12 && own.substr(0, 4) == "----" && own.substr(own.size() - 3) == "---" &&
           own.find_first_not_of("- ") != std::string_view::npos;
  }

  std::size_t line_with(std::string_view wanted, std::size_t from_line) const {
    const std::size_t found = all_.text.find(wanted, all_.lines[from_line].begin);
    if (found == std::string_view::npos) return all_.size();
    const auto line = std::upper_bound(all_.lines.begin(), all_.lines.end(), found,
                                       [](std::size_t offset, const Line& one) { return offset < one.begin; });
    return static_cast<std::size_t>(line - all_.lines.begin()) - 1;
  }

  Blocks& all_;
  std::vector<std::string> unclosed_;  // marks whose end was sought in vain
  std::size_t no_chat_before_ = 0;     // lines that were tried
};

std::size_t Regions::fence(std::size_t at) {
  const std::string_view mark = fence_of(all_.text_of(at));
  if (mark.empty()) return at;
  for (std::size_t i = at + 1; i < all_.size(); ++i) {
    const std::string_view closing = fence_of(all_.text_of(i));
    if (closing.size() < mark.size() || closing[0] != mark[0] ||
        letters::trim(all_.text_of(i)).size() != closing.size())
      continue;
    all_.settle(at, i + 1, PartKind::code);
    return i + 1;
  }
  const std::size_t end = all_.end_of_paste(at, at);
  all_.settle(at, end, PartKind::code);
  return end;
}

// "<a>" to "</a>", "<!--" to "-->", "/*" to "*/", and what stands between three quotation marks.
std::size_t Regions::enclosed(std::size_t at) {
  constexpr std::size_t most_unclosed = 16;
  const std::string_view own = letters::trim(all_.text_of(at));
  std::string closing;
  std::size_t from = at;
  PartKind kind = PartKind::data;
  if (own.substr(0, 4) == "<!--") {
    closing = "-->";
  } else if (own.substr(0, 2) == "/*") {
    closing = "*/";
    kind = PartKind::code;
  } else if (const std::size_t quotes = own.find("\"\"\""); quotes != std::string_view::npos) {
    if (own.find("\"\"\"", quotes + 3) != std::string_view::npos) return at;
    closing = "\"\"\"";
    from = at + 1;
    kind = PartKind::code;
  } else if (all_.lines[at].look.kind == PartKind::data && own[0] == '<' && own.size() > 1 &&
             letters::is_letter(own[1])) {
    const auto in_name = [](char c) { return letters::is_name(c) || c == ':'; };
    closing = "</" + std::string(letters::run_at_begin(own.substr(1), in_name)) + ">";
  } else {
    return at;
  }
  if (from >= all_.size() || unclosed_.size() >= most_unclosed) return at;
  if (std::ranges::find(unclosed_, closing) != unclosed_.end()) return at;
  const std::size_t end = line_with(closing, from);
  if (end == all_.size()) {
    unclosed_.push_back(std::move(closing));
    return at;
  }
  all_.settle(at, end + 1, kind);
  return end + 1;
}

// "---", keys, "---" at the beginning of a file, and the file below.
std::size_t Regions::front_matter(std::size_t at) {
  if (letters::trim(all_.text_of(at)) != "---" || at + 2 >= all_.size()) return at;
  if (all_.lines[at + 1].look.kind != PartKind::data) return at;
  for (std::size_t i = at + 2; i < all_.size(); ++i) {
    if (letters::trim(all_.text_of(i)) != "---") continue;
    all_.settle(at, i + 1, PartKind::data);
    const std::size_t end = all_.end_of_paste(i + 1, at);
    all_.settle(i + 1, end, PartKind::prose);
    return end;
  }
  return at;
}

std::size_t Regions::diff(std::size_t at) {
  if (!is_diff_head(all_.text_of(at))) return at;
  Hunk hunk;
  std::size_t end = at;
  for (std::size_t i = at; i < all_.size(); ++i) {
    const std::string_view line = all_.text_of(i);
    if (is_diff_head(line)) {
      if (const Hunk next = hunk_of(line); next.open()) hunk = next;
    } else if (all_.lines[i].blank) {
      const std::size_t next = all_.next_written(i);
      if (next == all_.size() || (!hunk.open() && !is_diff_head(all_.text_of(next)))) break;
      hunk.see(' ');
      i = next - 1;
      continue;
    } else if (line[0] == '+' || line[0] == '-' || letters::is_blank(line[0])) {
      hunk.see(line[0]);
    } else if (!is_diff_note(line)) {
      break;
    }
    end = i + 1;
  }
  all_.settle(at, end, PartKind::diff);
  return end;
}

std::size_t Regions::mail(std::size_t at) {
  const std::size_t next = at + 1 < all_.size() ? all_.next_written(at + 1) : all_.size();
  const bool attributed = is_attribution(at);
  if (attributed && next < all_.size() && all_.lines[next].look.kind == PartKind::quotation) {
    all_.settle(at, at + 1, PartKind::quotation);
    return at + 1;
  }
  const bool begins = attributed || (is_forward(at) && next < all_.size()) ||
                      (is_header(at) && at + 1 < all_.size() && is_header(at + 1));
  if (!begins) return at;
  std::size_t body = at + 1;
  while (body < all_.size() && (all_.lines[body].blank || is_header(body))) ++body;
  const std::size_t end = std::max(body, all_.end_of_paste(body, at));
  all_.settle(at, end, PartKind::quotation);
  return end;
}

std::size_t Regions::chat(std::size_t at) {
  if (at < no_chat_before_) return at;
  ChatCount count;
  std::size_t end = at;
  bool under_name = false;
  for (std::size_t i = at; i < all_.size(); ++i) {
    if (all_.lines[i].blank) {
      under_name = false;
      continue;
    }
    const Speaker speaker = speaker_of(letters::trim(all_.text_of(i)));
    if (!speaker.name.empty()) {
      count.add(speaker, all_.lines[i].look);
      under_name = speaker.alone;
    } else if (!under_name) {
      // A line without a name belongs to the chat if the next line has one.
      const bool goes_on = i + 1 < all_.size() && !all_.lines[i + 1].blank && !all_.lines[i - (i > at ? 1 : 0)].blank &&
                           i > at && !speaker_of(letters::trim(all_.text_of(i + 1))).name.empty();
      if (!goes_on) break;
    }
    end = i + 1;
  }
  if (!count.is_chat()) {
    no_chat_before_ = end;
    return at;
  }
  all_.settle(at, end, PartKind::quotation);
  return end;
}

void find_regions(Blocks& all) { Regions(all).find(); }

}  // namespace cascade::prompt
