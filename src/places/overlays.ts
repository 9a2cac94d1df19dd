// Area codes of North America that share their ground: an overlay's numbers are handed out wherever those of the code
// under it are, so all of them may be in the same time zones. Data, and the sums of zones; knows no numbers.

/**
 * `codes|source;`: a stretch of ground and every area code that is handed out there, the first one under the others. A
 * code that is over more than one stretch stands in each. The source is the administrator's (NANPA): the planning letters
 * that brought the overlays, by its database of area codes of 2025-11-26.
 */
const GROUNDS = `
201 551|PL-277; 202 771|PL-547; 203 475|PL-255 PL-388; 204 431 584|PL-584 PL-592; 205 659|PL-289 PL-523;
206 564|PL-492 PL-620; 208 986|PL-490; 209 350|PL-594; 210 726|PL-495; 212 917 646 332|PL-489; 213 323 738|PL-614;
214 972 469 945|PL-537; 215 267 445|PL-332 PL-499; 217 447|PL-532; 248 947|PL-283 PL-320;
250 778 236 672 257|PL-514 PL-515 PL-612; 256 938|PL-389; 270 364|PL-449; 301 240 227|PL-603; 303 720 983|PL-563;
304 681|PL-375; 305 786 645|PL-588; 306 639 474|PL-446 PL-447 PL-530; 309 861|PL-577; 310 424|PL-250 PL-347;
312 872|PL-390 PL-392; 313 679|PL-618; 314 557|PL-303 PL-567; 315 680|PL-485; 317 463|PL-482 PL-496; 318 457|PL-617;
330 234|PL-213; 334 483|PL-626; 336 743|PL-469 PL-475; 360 564|PL-298 PL-492; 402 531|PL-397 PL-410;
403 587 825 368|PL-374 PL-480 PL-531 PL-560; 404 770 678 470 943|PL-559; 405 572|PL-535; 407 321 689|PL-325 PL-519;
408 669|PL-206 PL-430; 410 443 667|PL-427; 412 878|PL-222 PL-281; 415 628|PL-461;
416 647 437 942|PL-441 PL-447 PL-613; 418 581 367 273|PL-373 PL-504 PL-632; 419 567|PL-249; 423 729|PL-619 PL-629;
440 436|PL-610; 450 579 354|PL-401 PL-589 PL-590; 502 761|NPA database 2025-11-26; 503 971|PL-203 PL-359;
506 428|PL-553 PL-600; 507 924|PL-616; 508 774|PL-234; 510 341|PL-518; 512 737|PL-233 PL-438; 513 283|PL-316 PL-579;
514 438 263|PL-349 PL-572; 516 363|PL-581; 518 838|PL-497; 519 226 548 382|PL-350 PL-472 PL-583; 530 837|PL-621;
540 826|PL-545; 541 458|PL-383; 559 357|PL-624; 561 728|PL-582; 570 272|PL-444 PL-451; 573 235|PL-596;
601 769|PL-335; 602 480 623|PL-216 PL-576; 604 778 236 672 257|PL-514 PL-515 PL-612; 608 353|PL-605; 609 640|PL-508;
610 484 835|PL-578; 613 343 753|PL-386 PL-571 PL-574; 614 380|PL-317 PL-477; 615 629|PL-459; 617 857|PL-234;
618 730|PL-595; 619 858|PL-128 PL-507; 630 331|PL-357 PL-362; 631 934|PL-476; 662 471|PL-627; 702 725|PL-445;
703 571|PL-177; 704 980|PL-229 PL-256; 705 249 683|PL-414 PL-570; 706 762|PL-353 PL-356; 707 369|PL-599;
708 464|PL-195 PL-562; 709 879|PL-557 PL-622; 713 281 832 346 621|PL-623; 714 657|PL-206 PL-368; 715 534|PL-384;
716 624|PL-607; 717 223|PL-500 PL-501; 718 917 347 929 465|PL-630; 724 878|PL-281; 732 848|PL-277;
734 679|PL-227 PL-618; 740 220|PL-462 PL-471; 757 948|PL-536 PL-546; 760 442|PL-377 PL-381; 773 872|PL-390 PL-392;
780 587 825 368|PL-374 PL-480 PL-531 PL-560; 781 339|PL-234; 787 939|PL-236 PL-259; 801 385|PL-363 PL-366;
803 839|PL-520; 804 686|PL-608; 805 820|PL-509; 809 829 849|PL-387; 812 930|PL-457 PL-470; 813 656|PL-541 PL-552;
814 582|PL-540 PL-543; 815 779|PL-354; 816 975|PL-568 PL-597; 817 682|PL-219; 818 747|PL-378;
819 873 468|PL-425 PL-575; 843 854|PL-463 PL-474; 845 329|PL-591; 847 224|PL-305; 850 448|PL-534 PL-551;
860 959|PL-255 PL-456; 864 821|PL-606; 870 327|PL-587 PL-604; 876 658|PL-510 PL-525; 902 782|PL-454 PL-460;
903 430|PL-313; 904 324|PL-598; 905 289 365 742|PL-243 PL-448 PL-550 PL-561; 909 840|PL-529; 910 472|PL-565;
912 565|NPA database 2025-11-26; 916 279|PL-502; 918 539|PL-403; 919 984|PL-306 PL-422; 920 274|PL-586 PL-593;
937 326|PL-517; 954 754|PL-318 PL-321; 970 748|PL-625; 973 862|PL-277; 978 351|PL-234;
`;

/** The codes of each stretch of ground. */
export const SHARED_GROUNDS: readonly (readonly string[])[] = GROUNDS.split(';')
  .map((row) => row.replace(/\|.*$/s, '').trim())
  .filter((codes) => codes !== '')
  .map((codes) => codes.split(' '));

/**
 * Zones of every code that shares its ground: those of its stretches together, each of which has the zones of the codes
 * that are handed out there alone. `zonesOfCode` says what a code has by itself; undefined: the data do not have it yet.
 */
export function sharedZones(
  zonesOfCode: (code: string) => readonly string[] | undefined,
): ReadonlyMap<string, readonly string[]> {
  const stretches = new Map<string, number>();
  for (const code of SHARED_GROUNDS.flat()) stretches.set(code, (stretches.get(code) ?? 0) + 1);
  const found = new Map<string, Set<string>>();
  for (const codes of SHARED_GROUNDS) {
    const zones = codes.filter((code) => stretches.get(code) === 1).flatMap((code) => zonesOfCode(code) ?? []);
    for (const code of codes) found.set(code, new Set([...(found.get(code) ?? []), ...zones]));
  }
  return new Map([...found].map(([code, zones]) => [code, [...zones].sort()]));
}
