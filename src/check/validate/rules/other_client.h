// Whether a manifest was written for another program than the client.
#pragma once

#include <span>
#include <string_view>

#include "manifest/fields.h"
#include "validate/reading/document.h"
#include "validate/rules/findings.h"

namespace cascade::validation {

// No tool of the client, and one at least that is no other spelling of such a tool.
bool lists_other_tools(const Document& document, const syntax::Node& tools);

// An agent that lists tools of which the client has none, and has two or more keys that the client does not know, one
// where two of its tools are unlike any of the client's, or a name such as x.agent.md. One sign alone is a mistake:
// tools by wrong names, or keys that somebody made up. O(fields).
bool is_for_another_client(const Document& document);

// x.agent.md: agents that another program reads, too. Keys of that program have no effect here and harm nobody.
bool is_named_for_another_client(const Document& document);

// A list of tools for several programs: the client's, and beside them two of other programs ("ask_user"). A name that
// differs from one of the client's by its case only ("read") counts where that one is listed, too, which nobody does by
// mistake.
// O(entries of the list squared), 64 at most.
bool lists_tools_for_several(const Document& document, const syntax::Node& tools);

// A manifest with such a list. Keys that mean nothing here are meant for the other program. O(fields).
bool is_written_for_several(const Document& document);

// Whether the name is neither another program's nor unlike all of the client's.
bool is_misspelt(std::string_view tool);

// The keys that hold lists of tools.
constexpr std::string_view tool_fields[] = {"tools", "allowed-tools", "disallowedTools", "disallowed-tools"};

Location at_item(const Document& document, const manifest::Item& item);

// A key of a file that a client adds to its instructions by itself.
struct InstructionKey {
  std::string_view files, client, key, forms;
};
bool is_instruction_file(std::string_view path);  // a rule, a style or the like, or a client's memory
std::span<const InstructionKey> instruction_keys() noexcept;

// Whether a file belongs to a manifest about making plugins, skills and hooks: its own, or that of its skill.
bool is_about_authoring(const Context& context, const Document& document);

}  // namespace cascade::validation
