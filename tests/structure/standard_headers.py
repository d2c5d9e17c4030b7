# SPDX-License-Identifier: BSD-3-Clause
"""Which header of the standard library a name stands in. A compiler's own headers bring some of the others along, and the
next version's bring fewer: a file that uses a name includes its header, itself or through a header of this project."""
import re

NAMES = {
    "algorithm": "adjacent_find all_of any_of binary_search clamp copy copy_backward copy_if copy_n count count_if equal "
                 "equal_range fill fill_n find find_end find_first_of find_if find_if_not for_each generate includes "
                 "is_sorted lexicographical_compare lower_bound max max_element merge min min_element minmax mismatch "
                 "next_permutation none_of nth_element partition remove_if replace replace_if reverse rotate search "
                 "set_difference shuffle sort stable_sort swap_ranges transform unique upper_bound",
    "array": "array",
    "atomic": "atomic",
    "bit": "bit_cast bit_width countr_zero has_single_bit popcount",
    "cctype": "isalnum isalpha isdigit islower isprint ispunct isspace isupper isxdigit tolower toupper",
    "charconv": "from_chars to_chars",
    "chrono": "chrono",
    "cmath": "ceil fabs floor llround lround pow round sqrt",
    "concepts": "convertible_to integral invocable same_as unsigned_integral",
    "cstdint": "int16_t int32_t int64_t int8_t uint16_t uint32_t uint64_t uint8_t uintptr_t",
    "cstdio": "FILE fclose fflush fopen fprintf fputs fread fwrite perror printf puts snprintf",
    "cstdlib": "abort atoi exit free getenv malloc strtol strtoul strtoull system",
    "cstring": "memcmp memcpy memmove memset strchr strcmp strerror strlen strncmp strsignal",
    "deque": "deque",
    "filesystem": "filesystem",
    "fstream": "fstream ifstream ofstream",
    "functional": "bind cref function greater hash less ref",
    "iostream": "cerr cin cout",
    "iterator": "advance back_insert_iterator back_inserter distance istreambuf_iterator ostream_iterator ssize",
    "limits": "numeric_limits",
    "map": "map multimap",
    "memory": "make_shared make_unique shared_ptr unique_ptr",
    "mutex": "lock_guard mutex scoped_lock unique_lock",
    "numeric": "accumulate gcd inner_product iota lcm partial_sum reduce",
    "optional": "nullopt optional",
    "random": "mt19937 mt19937_64 random_device uniform_int_distribution",
    "regex": "cmatch regex regex_match regex_replace regex_search smatch sregex_iterator",
    "set": "multiset set",
    "span": "span",
    "sstream": "istringstream ostringstream stringstream",
    "string": "getline stoi stoul string to_string",
    "string_view": "string_view",
    "thread": "jthread this_thread thread",
    "tuple": "forward_as_tuple make_tuple tie tuple",
    "type_traits": "conditional_t is_enum_v is_same_v is_unsigned_v remove_cvref_t underlying_type_t",
    "utility": "as_const exchange make_pair pair",
    "variant": "get_if holds_alternative variant visit",
    "vector": "vector",
}
HEADER = {name: header for header, names in NAMES.items() for name in names.split()}
USED = re.compile(r"\bstd::(?:ranges::)?(\w+)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]')


class IncludedHeaders:
    """Of files of one tree, each read once."""

    def __init__(self, root):
        self.root = root
        self.own = {}

    def direct(self, path):
        if path not in self.own:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
            self.own[path] = [match[1] for line in lines if (match := INCLUDE.match(line))]
        return self.own[path]

    def of(self, path, seen=None):
        """What `path` includes, itself or through files of the tree: names as they are written."""
        seen = set() if seen is None else seen
        for name in self.direct(path):
            if name not in seen:
                seen.add(name)
                for folder in (self.root, self.root / "include", path.parent):
                    self.of(folder / name, seen)
        return seen

    def missing(self, path, lines):
        """Line number, name and header of what the file uses without including it; each header once."""
        included = self.of(path)
        found = {}
        for number, line in enumerate(lines, 1):
            for name in USED.findall(line.split("//")[0]):
                header = HEADER.get(name)
                if header and header not in included and header not in found:
                    found[header] = (number, name)
        return [(number, name, header) for header, (number, name) in found.items()]
