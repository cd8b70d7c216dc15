"""Names as in a Swedish town today; put together by chance, so nobody in particular is meant."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Origin:
    """Names that go together, and how many of a hundred pupils have them."""

    of_hundred: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SWEDISH: Final = Origin(
    66,
    _words(
        "Agnes Alice Alicia Alma Amanda Anna Astrid Bianca Cornelia Ebba Edith Elin Elisa Ella"
        " Ellen Ellie Elsa Elvira Emilia Emma Ester Felicia Filippa Freja Frida Greta Hanna Hedda"
        " Hedvig Hilda Hilma Ida Inez Ingrid Iris Isabelle Jasmine Joline Julia Juni Kajsa Klara"
        " Leah Leia Lilly Linnea Lisa Liv Livia Louise Lova Lovisa Luna Lykke Maja Majken Maria"
        " Matilda Meja Melissa Mila Moa Molly My Märta Nathalie Nellie Nicole Nora Nova Olivia"
        " Ottilia Rut Sally Sara Selma Signe Sigrid Siri Sofia Stella Stina Svea Thea Tilda Tilde"
        " Tuva Tyra Vera Vilma Wilma Ylva Åsa"
    ),
    _words(
        "Adam Adrian Albin Alexander Alfred Algot Alvar Alvin Anton Aron Arvid August Axel Ben"
        " Benjamin Björn Carl Charlie Colin Daniel David Ebbe Edvin Edward Elias Elis Elton Elvin"
        " Emil Erik Felix Filip Frank Frans Gabriel Gustav Hampus Harry Henry Hjalmar Hugo Isak"
        " Ivar Jack Jacob Joel Johan Jonathan Josef Julian Kevin Kian Lias Liam Linus Loke Love"
        " Lucas Ludvig Malte Matteo Matheo Max Maximilian Milo Milton Mio Neo Nils Noah Noel Oliver"
        " Olle Oscar Otto Rasmus Sam Samuel Sebastian Sigge Simon Sixten Svante Ted Theo Theodor"
        " Thor Tim Ture Valter Vidar Viggo Viktor Vilgot Ville Vincent Wilhelm William"
    ),
    _words(
        "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson"
        " Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson"
        " Lindström Olofsson Lindqvist Lindgren Axelsson Bergström Lundberg Lundgren Jakobsen"
        " Mattsson Lundqvist Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin"
        " Engström Danielsson Lundin Håkansson Eklund Bergman Fransson Samuelsson Holm Nyström"
        " Holmberg Arvidsson Löfgren Söderberg Nyberg Blomqvist Isaksson Nordström Claesson"
        " Mårtensson Lindholm Hermansson Sundberg Åkesson Strömberg Ekström Björk Hedlund Norberg"
        " Viklund Åström Höglund Ström Öberg Öhman Sandström Dahlberg Hellström Falk Åkerlund"
        " Palm Ottosson Nordin Lantz Grahn Hallberg Rosén Norén Friberg Hägg Sjögren Stenberg"
    ),
)

OTHERS: Final = (
    Origin(
        6,
        _words("Aino Aada Emmi Helmi Iida Kaisa Minja Pihla Saana Venla"),
        _words("Aapo Eero Joona Kalle Mikko Niilo Onni Oskari Toivo Väinö"),
        _words("Korhonen Virtanen Mäkinen Nieminen Mäkelä Heikkinen Koskinen Lehtonen Salonen"),
    ),
    Origin(
        9,
        _words("Aya Fatima Hala Hiba Jana Layan Leen Lina Mariam Maya Rahaf Rama Sham Yara Zeinab"),
        _words("Abdullah Ahmad Ali Amir Hamza Hassan Ibrahim Karim Khalid Mohammad Omar Yousef"),
        _words("Abbas Al-Ali Al-Khatib Darwish Hamdan Hassan Ibrahim Khalil Mansour Saleh Younes"),
    ),
    Origin(
        4,
        _words("Ayaan Amina Fadumo Hamda Hodan Ifrah Khadija Nasra Sumaya Yasmin"),
        _words("Abdirahman Abdi Ayub Bilal Ilyas Ismail Mahad Mustafa Yahya Zakaria"),
        _words("Abdi Adan Ahmed Farah Hirsi Hussein Jama Mohamud Nur Osman Warsame"),
    ),
    Origin(
        4,
        _words("Aleksandra Hania Julia Lena Maja Natalia Oliwia Wiktoria Zofia Zuzanna"),
        _words("Antoni Bartosz Dawid Filip Igor Jakub Kacper Mateusz Oskar Szymon"),
        _words("Dąbrowski Kamiński Kowalczyk Kowalski Lewandowski Nowak Wójcik Woźniak Zieliński"),
    ),
    Origin(
        4,
        _words("Ajla Amila Elma Emina Hana Lamija Lejla Merjem Nejra Sara"),
        _words("Adnan Benjamin Danis Emir Faris Haris Imran Kenan Mirza Tarik"),
        _words("Begić Delić Hadžić Hodžić Kovačević Marić Omerović Petrović Softić Suljić"),
    ),
    Origin(
        3,
        _words("Berfin Dilan Helin Lava Nalin Rojin Shilan Zilan"),
        _words("Alan Aram Azad Baran Diyar Miran Rebin Zana"),
        _words("Aziz Demir Kaya Mahmoud Omer Rashid Sharif Yildiz"),
    ),
    Origin(
        2,
        _words("Ava Diana Helia Nika Parisa Roya Setayesh Tara"),
        _words("Arian Arman Daniel Kiyan Parsa Reza Sam Sina"),
        _words("Ahmadi Hosseini Karimi Moradi Rahimi Rezai Sharifi Haidari"),
    ),
    Origin(
        2,
        _words("Anastasiia Daria Mariia Polina Sofiia Veronika Yeva Zlata"),
        _words("Artem Bohdan Danylo Maksym Nazar Oleh Tymofii Yaroslav"),
        _words("Bondarenko Kovalenko Kravchenko Lysenko Melnyk Shevchenko Tkachenko"),
    ),
)

ORIGINS: Final = (SWEDISH, *OTHERS)

GROWN_UPS: Final = _words(
    "Anders Ann-Sofie Annelie Annika Birgitta Camilla Carina Christer Daniel Emma Erika Fatima"
    " Fredrik Gunilla Hans Helena Håkan Ingela Jan Jenny Johan Jonas Josefin Katarina Kristina Lars"
    " Lena Linda Madeleine Magnus Malin Maria Marie Martin Mats Mikael Monica Niklas Ola Patrik"
    " Per Pernilla Peter Rickard Robert Rolf Sandra Sofia Stefan Susanne Therese Thomas Tobias"
    " Ulf Ulrika Yasmin Åsa"
)
