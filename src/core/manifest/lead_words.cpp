// Set phrases are rows of phrase_rows.tsv; what is here looks at more than one place of a line.
#include "manifest/body_text.h"

#include "prose/sentence.h"
#include "text/byte_block.h"
#include "text/word_set.h"

namespace cascade::manifest {

using letters::ByteSet;

namespace {

constexpr ByteSet ends_lead(" \t\r*_");
constexpr ByteSet marks_words(" \t*_>#");

// The word that begins at or after `at`, behind marks, numbers and words such as "then".
std::string_view first_word(std::string_view line, std::size_t at, std::size_t& end) {
  static constexpr auto leading = letters::word_set("then", "please", "next", "also", "now", "and", "always");
  for (;;) {
    while (at < line.size() && !letters::is_letter(line[at])) ++at;
    const std::string_view word = letters::run_at_begin(line.substr(at), letters::is_name);
    end = at + word.size();
    if (word.empty() || !leading.has(word)) return word;
    at = end;
  }
}

constexpr std::string_view fence = "```";

struct FenceLine {
  std::size_t ticks = 0;  // 0: no fence
  std::string_view info;
};

FenceLine fence_line(std::string_view line) {
  line.remove_prefix(letters::run_at_begin(line, letters::is_blank).size());
  if (!line.starts_with(fence)) return {};
  const std::size_t end = std::min(line.find_first_not_of('`'), line.size());
  const std::string_view info = letters::trim(line.substr(end));
  return info.find('`') == std::string_view::npos ? FenceLine{end, info} : FenceLine{};
}

}  // namespace

std::string_view without_marks(std::string_view line) {
  while (!line.empty() && marks_words.has(line.front())) line.remove_prefix(1);
  return line;
}

std::string_view without_lead_marks(std::string_view line) {
  while (!line.empty() && ends_lead.has(line.back())) line.remove_suffix(1);
  return line;
}

namespace {

// "Finally, remind the user:", "Ask the user to:", "The crate-packer will:": the list below is what somebody else hears
// or does. REQUIRES: the line ends in a colon.
bool says_of_another(std::string_view line) {
  line.remove_suffix(1);
  if (line.ends_with(" will")) {
    line.remove_suffix(5);
    const std::string_view subject = line.substr(line.rfind(' ') + 1);
    return subject.find('-') != std::string_view::npos;
  }
  return says(line, Says::another);
}

// "Launch these agents in parallel:": the items below are called. REQUIRES: the line ends in a colon. `kinds`: of its
// kind words; with one, the order may follow "Step 2:" or "In parallel,", and a skill may be read.
bool says_order(std::string_view line, Kinds kinds) {
  static constexpr auto verbs =
      letters::word_set("run", "invoke", "launch", "spawn", "dispatch", "call", "load", "use", "delegate", "engage",
                        "execute", "start", "apply", "activate", "invoking", "launching", "spawning", "dispatching");
  static constexpr auto tags = letters::word_set("mandatory", "important", "required", "critical");
  static constexpr auto readings = letters::word_set("read", "reference", "consult", "follow");
  static constexpr auto occasions = letters::word_set("when", "if", "for", "this", "it", "only", "whenever", "cases");
  static constexpr auto taking_back =
      letters::word_set("user", "users", "not", "never", "don't", "when", "if", "they", "human", "avoid");
  const auto is_order = [kinds](std::string_view word) {
    return verbs.has(word) || ((kinds & kinds_skill) != 0 && readings.has(word));
  };
  std::size_t end = 0;
  std::string_view word = first_word(line, 0, end);
  if (tags.has(word)) word = first_word(line, end, end);  // "[MANDATORY] Read …"
  for (const char sign : {':', ','}) {                    // "Step 2: run …:", "In parallel, run …:"
    if (kinds == 0 || is_order(word)) break;
    const std::size_t clause = line.find(sign);
    if (clause != std::string_view::npos) word = first_word(line, clause, end);
  }
  std::size_t behind = end;
  if (!is_order(word)) return false;
  const std::string_view next = first_word(line, end, behind);
  // "Invoke this skill to weigh the crates:"; "use this skill when:" and "invoke this skill for:" list occasions.
  const bool one = next == "this" && word != "use" && word != "apply" &&
                   kind_word(first_word(line, behind, behind)) != 0 && !line.ends_with(" for:");
  if (occasions.has(next) && !one) return false;
  // "After user approval, invoke these in turn — do not pause:": neither the time nor what follows takes it back.
  const std::size_t clause = static_cast<std::size_t>(word.data() - line.data());
  const bool timed = letters::starts_with_lower(line, "after ") || letters::starts_with_lower(line, "once ");
  for (const std::string_view aside : {" \xE2\x80\x94 ", ". "}) line = line.substr(0, line.find(aside, clause));
  if (timed) line.remove_prefix(std::min(clause, line.size()));
  for (std::size_t begin = 0; begin < line.size(); begin = end + 1) {
    end = std::min(line.find(' ', begin), line.size());
    std::string_view one = line.substr(begin, end - begin);
    while (!one.empty() && !letters::is_letter(one.back())) one.remove_suffix(1);
    if (taking_back.has(one)) return false;
  }
  return true;
}

// "2. `/plan <topic>`": a numbered item that is a command and nothing else, so the step is to run it.
bool is_command_step(std::string_view item) {
  std::size_t at = 0;
  while (at < item.size() && letters::is_digit(item[at])) ++at;
  if (at == 0 || at == item.size() || (item[at] != '.' && item[at] != ')')) return false;
  const std::string_view step = letters::trim(item.substr(at + 1));
  return step.size() > 4 && step.starts_with("`/") && letters::is_letter(step[2]) &&
         step.find('`', 1) + 1 == step.size();
}

// "Skills used", "Required agents:": the list below is what the manifest works with.
bool says_used(std::string_view words) {
  static constexpr auto uses =
      letters::word_set("use", "used", "uses", "load", "invoke", "required", "needed", "mandatory");
  static constexpr auto others =
      letters::word_set("when", "not", "how", "why", "if", "without", "optional", "this", "for", "it", "to",
                        "downstream", "upstream", "output", "related", "similar", "other", "available");
  if (words.size() >= 40) return false;
  bool used = false;
  std::size_t end = 0;
  for (std::string_view word = first_word(words, 0, end); !word.empty(); word = first_word(words, end, end)) {
    if (others.has(word)) return false;
    used = used || uses.has(word);
  }
  return used;
}

// "Sample output:", "It prints:", also with an aside behind it ("Response (second round):"): the
// reader is not meant to run the code below it.
bool says_output(std::string_view line) {
  static constexpr ByteSet ends_label(" \t\r*_:");
  const auto trim = [&line] {
    while (!line.empty() && ends_label.has(line.back())) line.remove_suffix(1);
  };
  trim();
  if (line.ends_with(')')) line = line.substr(0, line.rfind('('));
  trim();
  return says(line, Says::output);
}

// "Stop with:", "Tell the user:": what follows is a message to somebody. REQUIRES: the line ends in a colon.
bool announces_message(std::string_view line) {
  line.remove_suffix(1);
  return says(without_lead_marks(line), Says::message);
}

// "Do not use for:", "**When not to use**": a line that is about the list below it.
bool announces_list(std::string_view line) {
  while (!line.empty() && letters::is_space(line.back())) line.remove_suffix(1);
  if (line.size() < 80 && says(line, Says::unfinished) && letters::is_letter(line.back())) return true;
  if (line.empty() || (line.back() != ':' && line.back() != '*' && line.back() != '_')) return false;
  const bool bold = line.size() < 80 && line.starts_with("**") && line.substr(line.size() - 2) == "**";
  while (!line.empty() && (line.back() == '*' || line.back() == '_' || letters::is_blank(line.back())))
    line.remove_suffix(1);
  return bold || (!line.empty() && line.back() == ':');
}

}  // namespace

// "Ask:", "If there is none, tell them:", "Step 3: Display the summary", but not "Show the list and run:".
bool says_message(std::string_view line) {
  static constexpr auto verbs = letters::word_set("ask", "tell", "say", "inform", "respond", "reply", "suggest",
                                                  "offer", "propose", "recommend", "prompt", "warn", "notify",
                                                  "present", "display", "show", "print", "announce", "output", "echo");
  static constexpr auto orders = letters::word_set("run", "invoke", "launch", "call", "dispatch", "spawn", "delegate",
                                                   "use", "using", "execute", "with", "via", "by");
  prose::SentenceWords words(line.substr(line.size() - std::min(line.size(), prose::sentence_window)));
  words.keep_last_sentence();
  bool begins = true, message = false;  // begins: a clause
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool word = letters::is_letter(words[i].front());
    if (message && orders.has(words[i])) return false;
    message = message || (begins && verbs.has(words[i]));
    begins = words[i] == "," || words[i] == "then" || words[i] == "and" || words.is_label(i) || (begins && !word);
  }
  return message;
}

void ListLead::mark_item(TextLine& item, std::string_view shown, std::size_t indentation, bool ends_in_colon) {
  item_ = indentation;
  if (indentation < least_) triggers_ = false;
  item.ordered = order_ <= indentation;
  if (item.ordered) return;
  order_ = ends_in_colon && says_order(shown, item.own) ? indentation + 1 : no_order;
  item.ordered = is_command_step(shown);
}

void ListLead::enter(TextLine& line, std::string_view shown, std::string_view bare, std::size_t indentation) {
  if (line.context == Context::heading) item_ = no_item;
  const bool leads = line.context == Context::running, colon = leads && bare.ends_with(':');
  const std::string_view words = without_marks(shown);
  const bool orders =
      (colon && says_order(shown, line.own)) || (line.own != 0 && (!leads || colon) && says_used(words));
  if (line.context == Context::heading) used_ = orders;
  order_ = orders || (colon && used_ && letters::starts_with_lower(words, "for ")) ? 0 : no_order;
  triggers_ = (words.size() < 60 && says(words, Says::triggers) && (!leads || announces_list(shown))) ||
              (colon && says_of_another(bare));
  least_ = indentation;
  prerequisites = leads && says(words, Says::prerequisite) && words.substr(0, 60).find(':') != words.npos;
  handing_on = colon && says(words, Says::handing_on);
  not_for = leads && announces_list(shown) && says(words.substr(0, longest_sign), Says::not_for);
}

bool OutputLead::is_announced() {
  if (!judged_) {
    const bool colon = bare_.ends_with(':');
    announced_ =
        says_output(bare_) || (colon && announces_message(bare_)) || ((colon || heading_) && says_message(bare_));
    judged_ = true;
  }
  return announced_;
}

bool is_markdown_fence(std::string_view info) {
  info = info.substr(0, info.find_first_of(" \t{,"));
  return letters::equals_lower(info, "markdown") || letters::equals_lower(info, "md");
}

bool is_plain_fence(std::string_view info) {
  info = letters::trim(info);
  return info.empty() || letters::is_one_of_lower(info, {"text", "txt", "plaintext", "mermaid"});
}

// Of each line only the first fence is looked at, so that a long line of them costs no more than any other.
bool holds_fence(std::string_view text, std::size_t begin, std::size_t end) {
  text = text.substr(0, end);
  for (std::size_t at = text.find(fence, begin); at != std::string_view::npos;) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    while (at > begin && letters::is_blank(text[at - 1])) --at;
    if (at > begin && text[at - 1] == '\n') {
      const std::string_view info = fence_line(text.substr(at, line_end - at)).info;
      if (!info.empty() && letters::is_letter(info.front())) return true;
    }
    at = text.find(fence, line_end);
  }
  return false;
}

std::vector<FencedLine> nest_fences(const std::vector<std::string_view>& lines) {
  std::vector<FencedLine> out(lines.size());
  std::vector<std::size_t> open;         // fences, by their number of ticks
  bool markdown = false, plain = false;  // of the outermost
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const FenceLine here = fence_line(lines[i]);
    if (here.ticks == 0 && open.empty()) continue;
    if (open.empty()) {
      markdown = is_markdown_fence(here.info);
      plain = is_plain_fence(here.info);
    }
    out[i] = {true, markdown, plain};
    if (here.ticks == 0) continue;
    const bool names_language = !here.info.empty() && letters::is_letter(here.info.front());
    if (open.empty() || names_language)
      open.push_back(here.ticks);
    else if (here.info.empty() && here.ticks >= open.back())
      open.pop_back();
  }
  if (!open.empty()) out.clear();
  return out;
}

}  // namespace cascade::manifest
