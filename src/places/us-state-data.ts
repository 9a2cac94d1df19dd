// States, provinces and territories of the countries whose rules or clocks differ by state: codes, names, other ways to
// write them, time zones. Data only.

/** `code|name|zones|other spellings`: ISO 3166-2 code, every IANA zone that is in use there; spellings without their full stops. */
export const STATES = `
US-AL|Alabama|America/Chicago|Ala
US-AK|Alaska|America/Anchorage America/Juneau America/Adak|Alas/Alsk
US-AZ|Arizona|America/Phoenix America/Denver|Ariz
US-AR|Arkansas|America/Chicago|Ark
US-CA|California|America/Los_Angeles|Calif/Cal/Cali
US-CO|Colorado|America/Denver|Colo/Col
US-CT|Connecticut|America/New_York|Conn
US-DE|Delaware|America/New_York|Del
US-DC|District of Columbia|America/New_York|Washington DC/Wash DC/Dist of Columbia
US-FL|Florida|America/New_York America/Chicago|Fla
US-GA|Georgia|America/New_York|
US-HI|Hawaii|Pacific/Honolulu|Hawaii
US-ID|Idaho|America/Boise America/Los_Angeles|Ida
US-IL|Illinois|America/Chicago|Ill/Ills
US-IN|Indiana|America/New_York America/Chicago|Ind
US-IA|Iowa|America/Chicago|Iowa
US-KS|Kansas|America/Chicago America/Denver|Kans/Kan
US-KY|Kentucky|America/New_York America/Chicago|
US-LA|Louisiana|America/Chicago|
US-ME|Maine|America/New_York|Maine
US-MD|Maryland|America/New_York|
US-MA|Massachusetts|America/New_York|Mass
US-MI|Michigan|America/New_York America/Chicago|Mich
US-MN|Minnesota|America/Chicago|Minn
US-MS|Mississippi|America/Chicago|Miss
US-MO|Missouri|America/Chicago|
US-MT|Montana|America/Denver|Mont
US-NE|Nebraska|America/Chicago America/Denver|Nebr/Neb
US-NV|Nevada|America/Los_Angeles America/Denver|Nev
US-NH|New Hampshire|America/New_York|N Hamp/N Hampshire
US-NJ|New Jersey|America/New_York|N Jersey
US-NM|New Mexico|America/Denver|N Mex/N Mexico
US-NY|New York|America/New_York|N York/New York City/NYC/New York State
US-NC|North Carolina|America/New_York|N Car/N Carolina/No Carolina
US-ND|North Dakota|America/Chicago America/Denver|N Dak/N Dakota/No Dak/No Dakota
US-OH|Ohio|America/New_York|Ohio
US-OK|Oklahoma|America/Chicago|Okla
US-OR|Oregon|America/Los_Angeles America/Boise|Ore/Oreg
US-PA|Pennsylvania|America/New_York|Penn/Penna
US-RI|Rhode Island|America/New_York|R Isl/Rhode Is/Rhode Island and Providence Plantations
US-SC|South Carolina|America/New_York|S Car/S Carolina/So Carolina
US-SD|South Dakota|America/Chicago America/Denver|S Dak/S Dakota/So Dak/So Dakota
US-TN|Tennessee|America/Chicago America/New_York|Tenn
US-TX|Texas|America/Chicago America/Denver|Tex
US-UT|Utah|America/Denver|Utah
US-VT|Vermont|America/New_York|
US-VA|Virginia|America/New_York|
US-WA|Washington|America/Los_Angeles|Wash/Washington State
US-WV|West Virginia|America/New_York|W Va/W Virginia/West Va
US-WI|Wisconsin|America/Chicago|Wis/Wisc
US-WY|Wyoming|America/Denver|Wyo
US-AS|American Samoa|Pacific/Pago_Pago|Amer Samoa/Am Samoa
US-GU|Guam|Pacific/Guam|
US-MP|Northern Mariana Islands|Pacific/Saipan|CNMI/Northern Marianas
US-PR|Puerto Rico|America/Puerto_Rico|Porto Rico/P Rico
US-VI|Virgin Islands|America/St_Thomas|USVI/US Virgin Islands/United States Virgin Islands/Virgin Is
CA-AB|Alberta|America/Edmonton|Alta/Alb
CA-BC|British Columbia|America/Vancouver America/Edmonton America/Fort_Nelson|Colombie-Britannique/Brit Col/C-B
CA-MB|Manitoba|America/Winnipeg|Man
CA-NB|New Brunswick|America/Halifax|Nouveau-Brunswick/N-B
CA-NL|Newfoundland and Labrador|America/St_Johns America/Halifax|NF/NFLD/LB/Newfoundland/Labrador/Terre-Neuve/Terre-Neuve-et-Labrador/T-N-L/T-N
CA-NS|Nova Scotia|America/Halifax|Nouvelle-Écosse/N-É
CA-NT|Northwest Territories|America/Edmonton|NWT/Territoires du Nord-Ouest/T N-O
CA-NU|Nunavut|America/Toronto America/Winnipeg America/Edmonton|Nvt
CA-ON|Ontario|America/Toronto America/Winnipeg|Ont
CA-PE|Prince Edward Island|America/Halifax|PEI/P E Island/Île-du-Prince-Édouard/Î-P-É
CA-QC|Quebec|America/Toronto America/Halifax|Québec/Que/PQ/P Q
CA-SK|Saskatchewan|America/Regina America/Edmonton|Sask
CA-YT|Yukon|America/Whitehorse|YK/Yukon Territory/Territoire du Yukon/Yuk
AU-ACT|Australian Capital Territory|Australia/Sydney|Canberra
AU-NSW|New South Wales|Australia/Sydney Australia/Adelaide Australia/Lord_Howe|N S Wales
AU-NT|Northern Territory|Australia/Darwin|Northern Terr
AU-QLD|Queensland|Australia/Brisbane|Qld
AU-SA|South Australia|Australia/Adelaide|S Australia/Sth Australia
AU-TAS|Tasmania|Australia/Hobart|Tas
AU-VIC|Victoria|Australia/Melbourne|
AU-WA|Western Australia|Australia/Perth Australia/Eucla|W Australia
DE-BW|Baden-Württemberg|Europe/Berlin|Baden-Wuerttemberg/BaWü
DE-BY|Bayern|Europe/Berlin|Bavaria/Freistaat Bayern
DE-BE|Berlin|Europe/Berlin|
DE-BB|Brandenburg|Europe/Berlin|
DE-HB|Bremen|Europe/Berlin|Freie Hansestadt Bremen
DE-HH|Hamburg|Europe/Berlin|Freie und Hansestadt Hamburg
DE-HE|Hessen|Europe/Berlin|Hesse
DE-MV|Mecklenburg-Vorpommern|Europe/Berlin|Meck-Pomm/Mecklenburg-Western Pomerania
DE-NI|Niedersachsen|Europe/Berlin|Lower Saxony
DE-NW|Nordrhein-Westfalen|Europe/Berlin|NRW/North Rhine-Westphalia
DE-RP|Rheinland-Pfalz|Europe/Berlin|RLP/Rhineland-Palatinate
DE-SL|Saarland|Europe/Berlin|
DE-SN|Sachsen|Europe/Berlin|Saxony/Freistaat Sachsen
DE-ST|Sachsen-Anhalt|Europe/Berlin|Saxony-Anhalt
DE-SH|Schleswig-Holstein|Europe/Berlin|
DE-TH|Thüringen|Europe/Berlin|Thueringen/Thuringia/Freistaat Thüringen
BR-AC|Acre|America/Rio_Branco|
BR-AL|Alagoas|America/Sao_Paulo|
BR-AM|Amazonas|America/Manaus America/Rio_Branco|
BR-AP|Amapá|America/Sao_Paulo|
BR-BA|Bahia|America/Sao_Paulo|
BR-CE|Ceará|America/Sao_Paulo|
BR-DF|Distrito Federal|America/Sao_Paulo|Brasília
BR-ES|Espírito Santo|America/Sao_Paulo|
BR-GO|Goiás|America/Sao_Paulo|
BR-MA|Maranhão|America/Sao_Paulo|
BR-MG|Minas Gerais|America/Sao_Paulo|
BR-MS|Mato Grosso do Sul|America/Manaus|
BR-MT|Mato Grosso|America/Manaus|
BR-PA|Pará|America/Sao_Paulo|
BR-PB|Paraíba|America/Sao_Paulo|
BR-PE|Pernambuco|America/Sao_Paulo America/Noronha|
BR-PI|Piauí|America/Sao_Paulo|
BR-PR|Paraná|America/Sao_Paulo|
BR-RJ|Rio de Janeiro|America/Sao_Paulo|
BR-RN|Rio Grande do Norte|America/Sao_Paulo|
BR-RO|Rondônia|America/Manaus|
BR-RR|Roraima|America/Manaus|
BR-RS|Rio Grande do Sul|America/Sao_Paulo|
BR-SC|Santa Catarina|America/Sao_Paulo|
BR-SE|Sergipe|America/Sao_Paulo|
BR-SP|São Paulo|America/Sao_Paulo|
BR-TO|Tocantins|America/Sao_Paulo|
MX-AGU|Aguascalientes|America/Mexico_City|Ags
MX-BCN|Baja California|America/Tijuana|BC
MX-BCS|Baja California Sur|America/Mazatlan|
MX-CAM|Campeche|America/Mexico_City|Camp
MX-CHH|Chihuahua|America/Mexico_City America/Ciudad_Juarez America/Ojinaga|Chih
MX-CHP|Chiapas|America/Mexico_City|Chis
MX-CMX|Ciudad de México|America/Mexico_City|CDMX/Distrito Federal/DF
MX-COA|Coahuila|America/Mexico_City America/Matamoros|Coah/Coahuila de Zaragoza
MX-COL|Colima|America/Mexico_City|
MX-DUR|Durango|America/Mexico_City|Dgo
MX-GRO|Guerrero|America/Mexico_City|
MX-GUA|Guanajuato|America/Mexico_City|Gto
MX-HID|Hidalgo|America/Mexico_City|Hgo
MX-JAL|Jalisco|America/Mexico_City|
MX-MEX|México|America/Mexico_City|Estado de México/Edomex
MX-MIC|Michoacán|America/Mexico_City|Mich/Michoacán de Ocampo
MX-MOR|Morelos|America/Mexico_City|
MX-NAY|Nayarit|America/Mazatlan America/Mexico_City|
MX-NLE|Nuevo León|America/Mexico_City America/Matamoros|NL
MX-OAX|Oaxaca|America/Mexico_City|
MX-PUE|Puebla|America/Mexico_City|
MX-QUE|Querétaro|America/Mexico_City|Qro
MX-ROO|Quintana Roo|America/Cancun|Q Roo
MX-SIN|Sinaloa|America/Mazatlan|
MX-SLP|San Luis Potosí|America/Mexico_City|
MX-SON|Sonora|America/Hermosillo|
MX-TAB|Tabasco|America/Mexico_City|
MX-TAM|Tamaulipas|America/Mexico_City America/Matamoros|Tamps
MX-TLA|Tlaxcala|America/Mexico_City|Tlax
MX-VER|Veracruz|America/Mexico_City|Veracruz de Ignacio de la Llave
MX-YUC|Yucatán|America/Mexico_City|
MX-ZAC|Zacatecas|America/Mexico_City|Zac
`;
