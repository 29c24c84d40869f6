// The weights were fitted by logistic regression to the labelled sets of seven organisations, and to each one's prompts
// that need nothing, asked of the other six; docs/memory.md has what they are worth for one that they were not fitted
// to.
#include "recall/gate.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "recall/log2.h"
#include "recall/terms.h"
#include "route/stems.h"
#include "route/vocabulary.h"
#include "text/ascii.h"

namespace cascade::recall {
namespace {

// clang-format off
constexpr std::string_view general_words =
    "loop function class array list file line word dict dictionary tuple string object method variable argument return value "
    "default helper block bracket closure generator decorator iterator macro enum struct pointer recursion recursive callback "
    "promise async await interface alias ternary condition regex regular expression hex rgb clone sort css code paragraph "
    "names step edit change comprehension signature operator syntax compile constructor inheritance lambda null undefined int "
    "float boolean char index element item map filter reduce set stack heap tree graph algorithm bloom join thread process "
    "mutex future module import export comment indent brace parenthesis semicolon statement integer unsigned modulo prime "
    "fibonacci palindrome reverse shuffle flatten merge split extract inline invert debounce throttle memoize curry shorter "
    "longer simplify explain difference paste output previous above below again continue undo redo revert typo sentence "
    "synonym plural meaning clamp swap unwrap borrow lifetime trait generic template polymorphism getter setter diff traceback "
    "snippet vowel uppercase lowercase camel trim pad slice splice concat concatenate substring random dice roman binary "
    "decimal celsius fahrenheit leap factorial matrix vector hash hashmap linked queue deque bubble quick insertion summarise "
    "summarize translate poem joke haiku weather capital tall old recipe movie bit usize perl awk relative root kind fair "
    "fairly sea image see destructor virtual static const constexpr constant volatile abstract override overload namespace "
    "include typedef union sizeof malloc segfault goroutine defer panic nil monad functor genserver guard clause atom charlist "
    "supervisor semaphore deadlock race atomic endian byte bits overflow underflow exception throw catch try finally assert "
    "yield coroutine observable lazy eager immutable mutable hoisting prototype spread destructure destructuring rest optional "
    "nullable nullish sealed reflection annotation docstring javadoc hint cast coercion truthy falsy equality identity shallow "
    "deep by garbage collector interpreter vm bytecode jit complexity big o notation logarithm sorting searching breadth "
    "dynamic greedy backtracking heapsort mergesort quicksort search trie frame tail invariant precondition idempotent pure "
    "side functional imperative declarative oriented solid dry kiss pattern singleton observer visitor adapter facade mixin "
    "derive clone copy debug circle square cube scratch star asterisk ampersand hyphen underscore slash backslash apostrophe nullpointerexception typeerror "
    "keyerror indexerror valueerror attributeerror nan infinity inf fizzbuzz anagram gcd lcm sieve hanoi knapsack dijkstra bfs dfs "
    "kmp levenshtein base64 lorem ipsum ascii unicode codepoint emoji ringbuffer curly subscript literal arrow spread slicing "
    "slices rune runes enumerate stdin stdout argv println repl sum product average maximum minimum absolute round ceiling floor "
    "squared power factor factors digits vowels words sentences paragraphs lines methods functions classes properties subclass "
    "composition polymorphic bitwise xor shift mask signed decrement increment boxed boxing unboxing hoist closure currying "
    "iterate iterating traverse traversal node leaf leaves ancestor sibling adjacency weighted directed undirected cyclic "
    "linq idisposable async sequence record tuple switch expression idiomatic pythonic rustic older younger safer capital "
    "dplyr tidyr faust goethe borrow checker bold italic title caption ownership harder median vectorise "
    "lerp normalise normalize quaternion vector rotate sonata composed mountain continents composer panicking panic lerping docblock traits useeffect usestate array_map foreach receiver vim emacs chess piano guitar moon sun mars ocean river mountain continent haiku limerick riddle pun essay story superclass div span flexbox center centre margin padding selector pseudo attribute dom bubbling listener sql "
    "inner outer cross subquery having distinct acid cap pandas numpy dataframe loc iloc groupby pivot median variance "
    "deviation distribution p overfitting underfitting gradient descent neural epoch tensor activation bayes probability "
    "switch if else elif unless while until for foreach enumerate zip unzip consonant letter digit character parameter "
    "parameters reformat reformulate rephrase rewrite shorten lengthen tidy refactor unused dead early nested flat one liner "
    "oneliner verbose concise readable nicer thanks thank ok okay please sorry wrong good fine great nice last third ahead "
    "planet war king president invented inventor born died world cup olympics pronounce grammar latin greek finnish italian "
    "rhyme cat dog bird pi rational even odd divide multiply subtract cube"
    " accumulator adjective adverb algebra allocator alphabet alphabetical anonymous arithmetic arity arrays"
    " associative associativity asynchronous backtick backticks bigint binding bisect bitmask boilerplate braces"
    " brackets branching breakpoint bytes calculus callable callbacks capitalise capitalize cardinality cartesian"
    " chain chained chaining chars chunk chunks classmethod cleaner clearer closures coalesce coalescing codepoints"
    " collatz collection collections colon combinator combinations comma commas comparator compiles comprehensions"
    " constants constness constraint constraints contravariance coprime coroutines countdown covariance crc curried"
    " dataclass dataclasses declaration defaultdict dereference deserialize destructors determinant diagonal"
    " dictionaries dimension discriminated docstrings dot dots double doubles duck elegant elegantly ellipsis"
    " encapsulation enums equals equation euler exponent exponentiation expressions extends fallthrough fifo filters"
    " finaliser finalizer fizz floats fold folding foo bar baz formula fraction fractions frozenset functors"
    " generators generics globals goroutines graphs greatest guards hashing hashset hello hexadecimal idiom idioms"
    " implement implementation implicit explicit indexing infinite inherit inherits inlining inorder instance"
    " instances instantiate integers interfaces intersect intersection invariants inverse iterable iterators"
    " itertools jagged lambdas lexicographic lexicographically lifo lifetimes linear linearly lists literals logical"
    " logarithms loops lvalue rvalue macros magic maps matrices maths math memoization memoise metaclass mixins"
    " modulus monads monoid multidimensional multiplication mutability mutate mutation mutexes namespaces natural"
    " nesting newline newlines nullability numerals objects octal operand operands operators optionals ordering"
    " overloaded overloading overrides padded palindromes parentheses permutation permutations pointers polygon"
    " polynomial pop postfix postorder powers precedence preorder primitive primitives primes promises prototypes"
    " pseudocode punctuation pythagoras quadratic quotation quotient radians raise range ranges recurse recursively"
    " refactoring regexes remainder rename repetition repr reversed rotation scalar scoped scoping setters shadowing"
    " shadow shorthand signatures simpler sin sine cosine tangent snippets sorted sorts stackoverflow statements"
    " stdlib strings structs subclasses substitution subtraction summation super swaps symmetric ternaries terse"
    " tokenise tokenizer transpose triangle truncate truthiness tuples turing typecast typedefs typeof ufunc unary"
    " unbox unions unpack unpacking unreachable utf16 varargs variables variadic vectors void vtable walrus"
    " whitespace wildcard wrapper yields zero zeros zeroes zipped adjectives antonym centuries chemistry comet decade"
    " dinosaur elephants einstein etymology everest fruit galaxy geography gravity horoscope inventors jokes"
    " lighthouse lyrics marathon mathematician mozart napoleon novelist oceans olympic orbit painter philosopher"
    " planets poet proverb proverbs pyramid queen rainbow riddles shakespeare song spell spelling tomato trivia"
    " universe vegetable verse volcano zodiac";
// Two words side by side that are of programming in general where each of them alone need not be.
constexpr std::string_view general_phrases =
    "type_guard type_hint type_hints type_alias type_parameter error_type error_message default_case default_value default_argument "
    "if_branch if_branches else_branch switch_case switch_statement case_statement case_class base_case edge_case base_class "
    "promise_chain method_chain call_stack stack_frame ring_buffer linked_list doubly_linked hash_map hash_table hash_lookup "
    "hash_function binary_tree binary_search search_tree priority_queue lookup_table data_class value_class value_type list_comprehension "
    "dict_comprehension null_check bounds_check magic_number guard_clause early_return return_type return_value return_early "
    "state_machine data_frame data_frames plot_title set_bits trait_object if_let future_not p_value random_forest random_forests confidence_interval worker_pool thread_pool thread_safe instead_of_panicking error_instead early_exit error_handling error_handler unit_vector cross_product dot_product linear_interpolation string_literal template_literal time_complexity space_complexity big_o worst_case best_case off_by_one off_by design_pattern "
    "instance_variable global_variable local_variable loop_variable for_loop while_loop inner_loop nested_loop nested_if one_line "
    "single_line two_lines next_line last_line first_line this_line line_number in_line pure_function arrow_function helper_function "
    "anonymous_function higher_order first_class key_value sort_order sorted_list random_number random_names random_string prime_number "
    "even_numbers leap_year current_date code_point escape_sequence character_class capture_group regular_expression word_boundary "
    "hello_world unit_circle event_loop garbage_collector garbage_collection race_condition memory_model stack_trace_above public_method "
    "private_method private_field static_method class_method abstract_class inner_class enum_value pattern_match exit_vim quit_vim "
    "good_morning look_like go_ahead try_again diff_again file_again other_file other_one second_one first_one last_one last_step "
    "last_edit last_change two_arguments three_words two_maps two_objects two_lists two_ifs these_ifs code_block code_review_of "
    "integer_division floating_point compiler_explorer composition_api decimal_places to_string to_int to_list to_array from_string "
    "null_pointer generic_type higher_kinded lifetime_parameter reference_type smart_pointer raw_pointer";
constexpr std::string_view lesson_words = " explain define difference meaning plural synonym stands stand mean means invented analogy pronounce recommend general ";
constexpr std::string_view at_hand_words = " this that these those it them last above previous again same other you your ";
constexpr std::string_view world_words = " than older safer faster harder bigger named invented wrote composed painted discovered founded famous year century ";
constexpr std::string_view count_words = " long many much often far old big ";
constexpr std::string_view place_words = " who whom whose where when ";
constexpr std::string_view what_words = " what what's which ";
constexpr std::string_view known_words = " the our my your this that these those it there wrong left new allowed ";
constexpr std::string_view edit_words =
    " make turn convert write sort split extract rename move undo redo shorten simplify invert flatten group shuffle show read "
    "print format wrap replace remove implement try count translate box debounce deep quick reverse return swap fix go inline "
    "use iterate reformulate rephrase rewrite zip pipe vectorise vectorize summarise summarize merge add give continue revert ";
// clang-format on

std::vector<std::uint32_t> keys_of(std::initializer_list<std::string_view> lists) {
  std::vector<std::uint32_t> keys;
  route::Stemmer stemmer;
  for (const std::string_view words : lists)
    for (std::size_t begin = 0; begin < words.size();) {
      const std::size_t end = std::min(words.find(' ', begin), words.size());
      keys.push_back(key_of(words.substr(begin, end - begin), stemmer));
      begin = end + 1;
    }
  std::sort(keys.begin(), keys.end());
  return keys;
}

bool has(std::string_view words, const std::string& word) {
  return words.find(" " + word + " ") != std::string_view::npos;
}

std::vector<std::string> words_of(std::string_view text) {
  constexpr std::size_t most = 60;
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i <= text.size() && words.size() < most; ++i) {
    if (i < text.size() && (letters::is_letter(text[i]) || text[i] == '\'')) {
      word += letters::to_lower(text[i]);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

// "what is a ...", "how does a ... work", "why does ...", "is a ... a ...", "can a ... be".
bool begins_lesson(const std::vector<std::string>& words) {
  if (words.size() < 2) return false;
  const std::string &first = words[0], &second = words[1];
  const std::string third = words.size() > 2 ? words[2] : std::string();
  const bool article = third == "a" || third == "an" || third == "the";
  // "how do I sort a list in Go"
  const bool in_language = words.size() > 4 && words[words.size() - 2] == "in";
  if (first == "how") return second == "does" || (second == "do" && article) || in_language;
  if (first == "why") return second == "does" || (second == "is" && (third == "there" || third == "this"));
  if (first == "what" || first == "what's")
    return (second == "is" || second == "are") ? !has(known_words, third) : second == "does" && third != "the";
  return (first == "is" || first == "can") && (second == "a" || second == "an");
}

}  // namespace

std::vector<std::uint32_t> general_keys() { return keys_of({general_words, general_phrases}); }

void look_at_prompt(std::string_view prompt, Signals& signals) {
  const std::vector<std::string> words = words_of(prompt);
  const auto any = [&](std::string_view of) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return has(of, word); });
  };
  signals.lesson = begins_lesson(words) || any(lesson_words) ? 1 : 0;
  signals.compares = any(world_words) ? 1 : 0;
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == "how" && has(count_words, words[i + 1])) signals.counts = 1;
  signals.place = any(place_words) ? 1 : 0;
  signals.what = !words.empty() && has(what_words, words.front()) ? 1 : 0;
  signals.at_hand = any(at_hand_words) ? 1 : 0;
  signals.edit = !words.empty() && has(edit_words, words.front()) ? 1 : 0;
}

std::int32_t points(const Signals& s) noexcept {
  if (s.best == 0) return -1;
  const auto log2_of = [](std::uint64_t value) { return static_cast<std::int32_t>(log2_64(value + 1)); };
  const auto times = [](std::uint32_t count, std::uint32_t most) {
    return static_cast<std::int32_t>(std::min(count, most));
  };
  const std::uint32_t general = std::min(s.general, s.words), words = std::max(s.words, 1U);
  // What is over and fits much better than anything that holds is what was asked for.
  const std::int32_t over = s.over == 0 ? 0 : std::clamp(log2_of(s.over) - log2_of(s.best) + 64, 0, 128);
  if (over >= 101) return -1;  // one and a half times as good
  std::int32_t sum = -33'857 + 2'630 * log2_of(s.best) / 64 - 2'458 * log2_of(s.words) / 64;
  sum += 1'436 * static_cast<std::int32_t>(s.share) / 1000;
  sum += 785 * times(s.specific, 3) + 1'443 * times(s.phrases, 2) + 1'840 * times(s.words - general, 4);
  sum -= 807 * static_cast<std::int32_t>(general) / static_cast<std::int32_t>(words);
  sum += static_cast<std::int32_t>(std::uint64_t{1'409} * s.second / s.best);  // what is at stake has neighbours
  sum += s.place > 0 ? 1'875 : 0;
  sum -= (s.chat > 0 ? 2'408 : 0) + (s.lesson > 0 ? 3'846 : 0) + (s.compares > 0 ? 3'263 : 0);
  sum -= (s.counts > 0 ? 1'149 : 0) + (s.what > 0 ? 1'955 : 0);
  sum -= (s.at_hand > 0 ? 1'149 : 0) + (s.edit > 0 ? 1'934 : 0);
  sum -= 1'539 * over / 64;
  return sum;
}

}  // namespace cascade::recall
