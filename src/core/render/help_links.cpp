// A link in a sentence is its text. One that is all of a bracket, a sentence or an item between "·" only points
// elsewhere: the command stands there that shows the page, or nothing where the program has no such page.
#include "render/help_page.h"

#include "syntax/link_parts.h"
#include "text/ascii.h"

namespace cascade::rendering {
namespace {

constexpr std::string_view dot = "\u00b7";

std::string_view before_blanks(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \n") + 1);  // npos + 1 is 0
}

bool begins_sentence(std::string_view before) {
  const std::string_view said = before_blanks(before);
  return said.empty() || (said.size() < before.size() && (said.back() == '.' || said.ends_with(dot)));
}

bool is_bracket(std::string_view before, std::string_view after) {
  return before.ends_with('(') && after.starts_with(')');
}

bool is_sentence(std::string_view before, std::string_view after) {
  const std::string_view next = letters::trim_left(after);
  const bool is_item = next.starts_with(dot) || (next.empty() && before_blanks(before).ends_with(dot));
  return begins_sentence(before) && (is_item || after == "." || after.starts_with(". ") || after.starts_with(".\n"));
}

// "usage" of "../usage.md#how".
std::string_view name_of(std::string_view destination) {
  destination = destination.substr(0, destination.find('#'));
  destination.remove_prefix(destination.rfind('/') + 1);  // npos + 1 is 0
  if (destination.ends_with(".md")) destination.remove_suffix(3);
  return destination;
}

std::string pointer(std::string_view label, std::string_view destination, const std::string& command) {
  const bool is_name = label == name_of(destination) || label == std::string(name_of(destination)) + ".md";
  return (is_name ? std::string() : std::string(label) + ": ") + "`" + command + "`";
}

// Takes what is left of a bracket or sentence whose link is gone out of both ends.
void leave_out(std::string& out, std::string_view& rest) {
  if (is_bracket(out, rest)) {
    out.pop_back();
    out.resize(before_blanks(out).size());
    rest.remove_prefix(1);
    return;
  }
  if (rest.starts_with('.')) rest.remove_prefix(1);
  rest = letters::trim_left(rest);
  if (rest.starts_with(dot)) rest = letters::trim_left(rest.substr(dot.size()));
  if (!rest.empty()) return;
  out.resize(before_blanks(out).size());
  if (out.ends_with(dot)) out.resize(before_blanks(std::string_view(out).substr(0, out.size() - dot.size())).size());
}

}  // namespace

std::string without_links(std::string_view text, const CommandOf& command_of) {
  std::string out;
  while (const auto link = syntax::next_link(text, 0)) {
    const std::size_t open = syntax::link_label_begin(text, link->bracket);
    if (open == std::string_view::npos) break;
    const std::string_view label = text.substr(open + 1, link->bracket - open - 1),
                           destination = link->destination(text);
    out.append(text.substr(0, open));
    text.remove_prefix(link->close + 1);
    const bool is_image = out.ends_with('!');
    if (is_image) out.pop_back();
    const bool points = is_bracket(out, text) || is_sentence(out, text);
    const std::string command = command_of && !is_image ? command_of(destination) : std::string();
    const bool is_file = label.ends_with(".md");
    if (!command.empty() && (points || is_file))
      out += pointer(label, destination, command);
    else if (is_image || (points && command_of))
      leave_out(out, text);
    else
      out += label;
  }
  return out.append(text);
}

}  // namespace cascade::rendering
