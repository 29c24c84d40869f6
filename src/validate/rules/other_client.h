// Whether a manifest was written for another program than the client.
#pragma once

#include "validate/reading/document.h"

namespace cascade::validation {

// No tool of the client, and one at least that is no other spelling of such a tool.
bool lists_other_tools(const Document& document, const syntax::Node& tools);

// An agent that lists tools of which the client has none, and has two or more keys that the client does not know, one
// where two of its tools are unlike any of the client's, or a name such as x.agent.md. One sign alone is a mistake:
// tools by wrong names, or keys that somebody made up. O(fields).
bool is_for_another_client(const Document& document);

// x.agent.md: agents that another program reads, too. Keys of that program have no effect here and harm nobody.
bool is_named_for_another_client(const Document& document);

// An agent that lists tools for several programs: the client's, and beside them two that differ from those in the list
// by their case only ("Read", "read"), which nobody writes by mistake. O(entries of the list squared), 64 at most.
bool lists_tools_for_several(const Document& document, const syntax::Node& tools);

}  // namespace cascade::validation
