// The gate adds up points: each signal of the prompt, of the best fact and of how the prompt's words agree on that
// fact, capped or as a logarithm, is multiplied by a weight and added to a constant. A sum below 0 keeps recall
// silent. It is a linear sum, so that each signal's part in a decision can be read off. How the prompt is worded is
// one of the signals (recall/wording.h).
//
// The weights were fitted by logistic regression to the labelled sets of 336 organisations, in which three of four
// questions use other words than their fact. docs/measurements.md reports the results for writers that took no
// part in the fit.
#include "recall/gate.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <vector>

#include "recall/log2.h"
#include "recall/terms.h"
#include "recall/wording.h"
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
    "names step edit comprehension signature operator syntax compile constructor inheritance lambda null undefined int "
    "float boolean char element map filter reduce set stack heap tree graph algorithm bloom join thread process "
    "mutex future module import comment indent brace parenthesis semicolon statement integer unsigned modulo prime "
    "fibonacci palindrome reverse shuffle flatten merge split extract inline invert debounce throttle memoize curry shorter "
    "longer simplify explain difference paste output previous above below again continue undo redo revert typo sentence "
    "synonym plural meaning clamp swap unwrap borrow lifetime trait generic polymorphism getter setter diff traceback "
    "snippet vowel uppercase lowercase camel trim pad slice splice concat concatenate substring random dice roman binary "
    "decimal celsius fahrenheit leap factorial matrix vector hash hashmap linked deque bubble quick insertion summarise "
    "summarize translate poem joke haiku capital tall recipe movie bit usize perl awk relative root kind fair "
    "fairly sea destructor virtual static const constexpr constant volatile abstract override overload namespace "
    "include typedef union sizeof malloc segfault goroutine defer panic nil monad functor genserver guard clause atom charlist "
    "supervisor semaphore deadlock race atomic endian byte bits overflow underflow exception throw catch try finally assert "
    "yield coroutine observable lazy eager immutable mutable hoisting prototype spread destructure destructuring rest optional "
    "nullable nullish sealed reflection annotation docstring javadoc hint cast coercion truthy falsy equality identity shallow "
    "deep by garbage collector interpreter vm bytecode jit complexity big o notation logarithm sorting breadth "
    "dynamic greedy backtracking heapsort mergesort quicksort trie tail invariant precondition idempotent pure "
    "side functional imperative declarative oriented solid dry kiss pattern singleton observer visitor adapter facade mixin "
    "derive clone copy debug circle square cube scratch star asterisk ampersand hyphen underscore slash backslash apostrophe nullpointerexception typeerror "
    "keyerror indexerror valueerror attributeerror nan infinity inf fizzbuzz anagram gcd lcm sieve hanoi knapsack dijkstra bfs dfs "
    "kmp levenshtein base64 lorem ipsum ascii unicode codepoint emoji ringbuffer curly subscript literal arrow spread slicing "
    "slices rune runes enumerate stdin stdout argv println repl sum average maximum minimum absolute round ceiling floor "
    "squared power factor factors vowels words sentences paragraphs lines methods functions classes properties subclass "
    "composition polymorphic bitwise xor shift mask decrement increment boxed boxing unboxing hoist closure currying "
    "iterate iterating traverse traversal node leaf leaves ancestor sibling adjacency weighted directed undirected cyclic "
    "linq idisposable async sequence tuple switch expression idiomatic pythonic rustic older younger safer capital "
    "dplyr tidyr faust goethe borrow checker bold italic caption ownership harder median vectorise "
    "lerp normalise normalize quaternion vector rotate sonata composed mountain continents composer panicking panic lerping docblock traits useeffect usestate array_map foreach receiver vim emacs chess piano guitar moon sun mars ocean river mountain continent haiku limerick riddle pun essay story superclass div span flexbox center centre margin padding selector pseudo attribute dom bubbling listener "
    "inner outer cross subquery having distinct acid cap pandas numpy dataframe loc iloc groupby pivot median variance "
    "deviation distribution p overfitting underfitting gradient descent neural epoch tensor activation bayes probability "
    "switch if else elif unless while foreach enumerate zip unzip consonant digit character parameter "
    "parameters reformat reformulate rephrase rewrite shorten lengthen tidy refactor unused dead early nested flat one liner "
    "oneliner verbose concise readable nicer thanks thank ok okay please sorry wrong good fine great nice last third ahead "
    "planet war king president invented inventor born died world cup olympics pronounce grammar latin greek finnish italian "
    "rhyme cat dog bird pi rational even odd divide multiply subtract cube"
    " accumulator adjective adverb algebra allocator alphabet alphabetical anonymous arithmetic arity arrays"
    " associative associativity asynchronous backtick backticks bigint binding bisect bitmask boilerplate braces"
    " brackets breakpoint bytes calculus callable callbacks capitalise capitalize cardinality cartesian"
    " chain chained chaining chars chunk chunks classmethod cleaner clearer closures coalesce coalescing codepoints"
    " collatz collection collections colon combinator combinations comma commas comparator compiles comprehensions"
    " constants constness constraint constraints contravariance coprime coroutines countdown covariance crc curried"
    " dataclass dataclasses declaration defaultdict dereference deserialize destructors determinant diagonal"
    " dictionaries dimension discriminated docstrings dot dots double doubles duck elegant elegantly ellipsis"
    " encapsulation enums equals equation euler exponent exponentiation expressions extends fallthrough fifo filters"
    " finaliser finalizer fizz floats fold folding foo bar baz formula fraction fractions frozenset functors"
    " generators generics globals goroutines graphs greatest guards hashing hashset hello hexadecimal idiom idioms"
    " implement implementation implicit explicit infinite inherit inherits inlining inorder instance"
    " instances instantiate integers interfaces intersect intersection invariants inverse iterable iterators"
    " itertools jagged lambdas lexicographic lexicographically lifo lifetimes linear linearly lists literals logical"
    " logarithms loops lvalue rvalue macros magic maps matrices maths math memoization memoise metaclass mixins"
    " modulus monads monoid multidimensional multiplication mutability mutate mutation mutexes namespaces natural"
    " nesting newline newlines nullability numerals objects octal operand operands operators optionals"
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
    " universe vegetable verse volcano zodiac"
    " abs accessor aliasing angle appended arctan argmax args ascending assign assigned assignment asyncio await axes axis"
    " backslashes base64 bitshift bool breakpoints bresenham builder builtin bytearray calculus camelcase"
    " casing casts catching chooses chunked class's cleanup coefficient comprehend concatenating concise condense cond"
    " conditional conditionals constructors convert converter converting coords corner correlation cosine"
    " counter countdown csharp ctor currying cursor dangling dart datatype dataframes debouncing decltype declare declared"
    " decompose deduplicate deepcopy default defaults delegate delegates derivative derived descending deserialise"
    " dictionaries diffs divisor docblock dollar duplicates dyn echo eigenvalue einstein elem elements elif else"
    " emit empty encapsulate endless epsilon error's eval evaluates even exit exponential faktor"
    " fallacy filtering finder flatmap floor fluent foo fourier fstring functor gaussian"
    " generate generating getters goto greedy grouping hashable hashcode heaps helper helpers hexadecimal here"
    " histogram html identifier ifs immutability impl implements indent infer inference"
    " inplace input inserting insert integral interpolate interpolation intersection invoke isinstance iter java javascript"
    " joining jsx julia kelvin kotlin kwargs latex len lexer linebreak linspace listcomp logic loops lowercased ls"
    " lua malloc manhattan match matching matplotlib mean means meant median methods middleware mixin mod mode module"
    " modulo multiline multithreading mutable name named nearest negate negative node none nonlocal nullable num numeral"
    " numerator object's objective ocaml octave only operator ounces outer output overflow override pair pairs"
    " parabola param params parens parse parser parses pascal pascalcase perfect php pick placeholder plain"
    " plural points polyfill pow precede prefix preprocessor procedural prolog prompt props proto pseudo python"
    " pythonic quantifier quaternions quicksort quote quoted quotes radix raises ramda random range rank ratio readability"
    " recurring redundant regexp regular reify relation replace"
    " reshape resize rethrow returned returns reuse rewritten rgb rotate ruby runtime rust rvalue scala"
    " scanf scientific scope select self semantics sequence setdefault shape shift shorten shortening sigil signum"
    " single singleton skip slope slug snake snakecase sorter specialise specialize sprintf sqrt"
    " squares standalone static statically std stringify strip struct's sub substitute subsequence subset"
    " subtype sum summary super suppose swapping swift switch symbol synchronized syntactic sys tail tangent"
    " temporary theorem then three throws tostring translate"
    " traversing triple tsx two typedef typename typescript underline undirected union unpacked unsafe"
    " unwrapping uppercased value values var vararg variance viewport visitor vowel web widget while width wikipedia"
    " wrapping write writer xml yaml zip tutorial eiffel andromeda neptune pluto jupiter saturn venus sourdough cats dogs"
    " puppy chancellor pharaoh romans vikings actor actress singer band movie movies novel novels";
// Adjacent words that together belong to general programming, although each of them alone may not.
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
constexpr std::string_view at_hand_words = " them last above previous again same other you your ";
constexpr std::string_view world_words =
    " than older newer safer faster slower harder easier bigger smaller taller deeper named invented wrote composed painted "
    "discovered directed sang founded famous year century ";
constexpr std::string_view count_words = " long many much often far old big tall high deep heavy fast loud ";
constexpr std::string_view place_words = " who whom whose where when ";
constexpr std::string_view known_words = " the our my your this that these those it there wrong left new allowed ";
constexpr std::string_view people_words = " i we you they people customers users ";
constexpr std::string_view us_words = " we our us ours ";
constexpr std::string_view me_words = " i my me ";
constexpr std::string_view state_words = " the a an i we my our somebody there their people customer ";
constexpr std::string_view many_words = " many much long ";
constexpr std::string_view in_general_words = " old tall far high deep big does ";
constexpr std::string_view write_words = " write make show use give try count compute create set let return ";
constexpr std::string_view rewrite_words =
    " turn convert undo redo revert split sort swap reverse extract translate shorten simplify summarise summarize "
    "implement invert flatten shuffle transpose rephrase reformulate inline continue rename replace remove merge move "
    "explain go no yes that again group box debounce memoize derive capitalise indent lerp center centre wrap iterate zip "
    "pipe vectorise vectorize reshape handle read ";
// clang-format on

struct Weights {
  std::int32_t pointed_at = 20, always = -4'138, best = 456, words = 291, share = 854, covered = 604, exact = 230,
               known = 45, phrase = -136, matter = 227, general = -1'301, second = -192, place = -432, us = 267,
               me = 44, number = -620, chat = -1'265, lesson = -147, compares = -247, counts = 64, at_hand = -154,
               over = -1'388;
  std::int32_t met_one = -1'222, met_two = -691, met_three = -340, elsewhere = -219, unknown = -96,
               unknown_special = -64, from_one = -1'246, by_subject = -56, rivals = 56, likeness = 731, likest = -159,
               level = -226, lead = 43;
  std::array<std::int32_t, 11> openings = {0,    -651, -1'450, -1'768, -194, -383,
                                           -891, -468, -66,    -219,   -192};  // by Opening
};
constexpr Weights weights;

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

// The lists begin and end with a blank, so that a search for " word " finds whole words only.
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
  // "how do coroutines work", and not "how do we work"
  const bool of_things = second == "do" && !has(people_words, third) && words.back() == "work";
  if (first == "how") return second == "does" || (second == "do" && article) || of_things || in_language;
  if (first == "why") return second == "does" || (second == "is" && (third == "there" || third == "this"));
  if (first == "what" || first == "what's")
    return (second == "is" || second == "are") ? !has(known_words, third) : second == "does" && third != "the";
  return (first == "is" || first == "can") && (second == "a" || second == "an");
}

Opening opening_of(const std::vector<std::string>& words) {
  if (words.empty()) return Opening::other;
  const std::string& first = words[0];
  const std::string second = words.size() > 1 ? words[1] : std::string();
  if (first == "what's") return Opening::defines;
  if (first == "what") return has(" is are does did ", second) ? Opening::defines : Opening::what;
  if (first == "which") return Opening::which;
  if (first == "why") return Opening::why;
  if (has(" is are was ", first)) return Opening::is;
  if (first == "how")
    return has(many_words, second)         ? Opening::how_many
           : has(in_general_words, second) ? Opening::how_does
                                           : Opening::other;
  if (has(rewrite_words, first)) return Opening::rewrites;
  if (has(write_words, first)) return Opening::writes;
  return has(state_words, first) ? Opening::states : Opening::other;
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
  signals.opening = opening_of(words);
  signals.place = any(place_words) ? 1 : 0;
  signals.at_hand = any(at_hand_words) ? 1 : 0;
  signals.us = any(us_words) ? 1 : 0;
  signals.me = any(me_words) ? 1 : 0;
  signals.number = std::any_of(prompt.begin(), prompt.end(), letters::is_digit) ? 1 : 0;
  signals.wording = wording_of(prompt);
}

namespace {

std::int32_t log2_of(std::uint64_t value) { return static_cast<std::int32_t>(log2_64(value + 1)); }
std::int32_t at_most(std::uint32_t count, std::uint32_t most) {
  return static_cast<std::int32_t>(std::min(count, most));
}

// What the prompt says by itself, whatever facts there are. Counts are capped, so that a long prompt does not win by
// its length.
std::int32_t points_of_prompt(const Signals& s) {
  const std::uint32_t general = std::min(s.general, s.words), words = std::max(s.words, 1U);
  std::int32_t sum = weights.words * log2_of(s.words) / 64 + weights.matter * at_most(s.words - general, 4);
  sum += weights.general * at_most(general, 100) / at_most(words, 100) + weights.pointed_at * at_most(s.pointed_at, 1);
  sum += weights.place * at_most(s.place, 1) + weights.us * at_most(s.us, 1) + weights.me * at_most(s.me, 1) +
         weights.number * at_most(s.number, 1);
  sum += weights.chat * at_most(s.chat, 1) + weights.lesson * at_most(s.lesson, 1) +
         weights.compares * at_most(s.compares, 1);
  sum += weights.counts * at_most(s.counts, 1) + weights.at_hand * at_most(s.at_hand, 1);
  return sum + weights.openings[static_cast<std::size_t>(s.opening)] + s.wording;
}

std::int32_t points_of_best(const Signals& s) {
  std::int32_t sum = weights.best * log2_of(s.best) / 64;
  sum += weights.share * at_most(s.share, 1'000) / 1'000 + weights.covered * at_most(s.covered, 1'000) / 1'000;
  sum += weights.exact * at_most(s.exact, 3) + weights.known * at_most(s.known, 1'500) / 640;
  sum += weights.phrase * at_most(s.phrases, 2);
  // A subject that the store covers has several related facts, so a close second is a good sign.
  const std::int64_t second = std::min(std::int64_t{s.second}, 2 * std::int64_t{s.best});
  sum += static_cast<std::int32_t>(weights.second * second / std::max<std::int64_t>(s.best, 1));
  return sum + (weights.likeness * s.likeness + weights.likest * s.likest + weights.level * s.level +
                weights.lead * std::min(s.lead, 256)) /
                   64;
}

std::int32_t points_of_agreement(const Signals& s) {
  std::int32_t sum = 0;
  if (s.met >= 1) sum += weights.met_one;
  if (s.met >= 2) sum += weights.met_two;
  if (s.met >= 3) sum += weights.met_three;
  sum += weights.elsewhere * at_most(s.elsewhere, 3) + weights.unknown * at_most(s.unknown, 3) +
         weights.unknown_special * at_most(s.unknown_special, 2);
  sum += weights.from_one * at_most(s.from_one, 1'000) / 1'000;
  return sum + weights.by_subject * at_most(s.by_subject, 3) + weights.rivals * at_most(s.rivals, 6);
}

}  // namespace

std::int32_t points(const Signals& s) noexcept {
  if (s.level <= 0) return -1;
  // An expired fact that fits much better than any valid one is the fact that the prompt asks for: silence.
  const std::int32_t over = s.over <= 0 ? 0 : std::clamp(s.over - s.level + 64, 0, 128);
  if (over == 128) return -1;  // twice as good
  return weights.always + points_of_prompt(s) + points_of_best(s) + points_of_agreement(s) + weights.over * over / 64;
}

}  // namespace cascade::recall
